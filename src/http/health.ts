import type { FastifyInstance } from 'fastify'

/** Why this process cannot serve queries now, in words for an operator; empty when it can. */
export type NotReady = () => readonly string[] | Promise<readonly string[]>

/** `/healthz`: the process answers. `/readyz`: it has all that a query needs. Neither tells anything else. */
export function addHealth(app: FastifyInstance, notReady: NotReady): void {
  app.get('/healthz', async () => ({ status: 'ok' }))
  app.get('/readyz', async (_, reply) => {
    const waitingFor = await notReady()
    if (waitingFor.length === 0) return { status: 'ready' }
    return reply.code(503).send({ status: 'not_ready', waiting_for: waitingFor })
  })
}

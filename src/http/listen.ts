import type { FastifyInstance } from 'fastify'
import type { Log } from '../telemetry/log.ts'
import type { Metrics } from '../telemetry/metrics.ts'
import { addHealth, type NotReady } from './health.ts'
import { openApp } from './open-app.ts'
import type { HttpOptions } from './options.ts'

/** Mounts a protocol on the server that clients reach. Its public address is known once requests come. */
export type Door = (app: FastifyInstance, publicUrl: () => URL) => void | Promise<void>

export type HttpParts = {
  readonly log: Log
  readonly metrics: Metrics
  readonly notReady: NotReady
  readonly doors: readonly Door[]
}

export type Listening = {
  /** Without a path: `http://127.0.0.1:8080/`. */
  readonly url: URL
  readonly operationsUrl: URL
  /** Takes no more requests, lets running ones end for `closeTimeoutMs`, then cuts them off. */
  readonly close: () => Promise<void>
}

/** Listens for clients, and on a port of their own for operators. */
export async function listen(options: HttpOptions, parts: HttpParts): Promise<Listening> {
  const { log, metrics, notReady, doors } = parts
  const operations = openApp({ ...options, tls: undefined }, log, metrics)
  addHealth(operations, notReady)
  operations.get('/metrics', async (_, reply) => reply.type(metrics.contentType).send(await metrics.text()))

  const app = openApp(options, log, metrics)
  addHealth(app, notReady)
  let publicUrl = new URL(options.publicUrl ?? `${scheme(options)}://${urlHost(options.host)}:${options.port}/`)
  for (const door of doors) await door(app, () => publicUrl)

  const close = async () => {
    await Promise.all([closeWithin(app, options.closeTimeoutMs), closeWithin(operations, options.closeTimeoutMs)])
  }
  try {
    const url = new URL(await app.listen({ host: options.host, port: options.port }))
    if (options.publicUrl === undefined) publicUrl = url
    const operationsUrl = await operations.listen({ host: options.operationsHost, port: options.operationsPort })
    return { url, operationsUrl: new URL(operationsUrl), close }
  } catch (thrown) {
    await close()
    throw thrown
  }
}

function scheme({ tls }: HttpOptions): string {
  return tls === undefined ? 'http' : 'https'
}

function urlHost(host: string): string {
  return host.includes(':') ? `[${host}]` : host
}

async function closeWithin(app: FastifyInstance, timeoutMs: number): Promise<void> {
  const cutOff = setTimeout(() => app.server.closeAllConnections(), timeoutMs)
  await app.close().finally(() => clearTimeout(cutOff))
}

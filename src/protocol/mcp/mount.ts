import { toNodeHandler } from '@modelcontextprotocol/node'
import { type AuthInfo, createMcpHandler } from '@modelcontextprotocol/server'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { openRunningJobs } from '../../gateway/running-jobs.ts'
import { asFailure, Failure, failures } from '../../model/failure.ts'
import { bearerOf } from '../bearer.ts'
import { softwareFrom } from '../client-software.ts'
import { faultOfMessage } from './check-message.ts'
import { openContinuations } from './continuation.ts'
import type { Caller, Desk } from './desk.ts'
import { challenge, mcpPath, resourceMetadata } from './resource-metadata.ts'
import { serveTools } from './serve-tools.ts'

const invalidRequest = -32_600

export type McpParts = Omit<Desk, 'jobs' | 'continuations'> & {
  /** Of all replicas: page tokens that one gave out, the others know. */
  readonly nameKey: string
}

/** Mounts `/mcp` and the metadata that leads clients to a token. */
export function mountMcp(app: FastifyInstance, publicUrl: () => URL, parts: McpParts): void {
  const { nameKey, ...rest } = parts
  const jobs = openRunningJobs(rest.options.maxOpenJobs)
  const desk: Desk = { ...rest, jobs, continuations: openContinuations(nameKey) }
  const { authorizationServers, scopes } = desk.options
  for (const path of ['/.well-known/oauth-protected-resource', `/.well-known/oauth-protected-resource${mcpPath}`]) {
    app.get(path, async () => resourceMetadata(publicUrl(), authorizationServers, scopes))
  }
  const callers = new WeakMap<object, Caller>()
  const handler = createMcpHandler(({ authInfo }) => serveTools(callerOf(callers, authInfo), desk), {
    keepAliveMs: desk.options.keepAliveMs,
    onerror: error => desk.report(asFailure(error), 'mcp'),
  })
  const serve = toNodeHandler(handler, { onerror: error => desk.report(asFailure(error), 'mcp') })
  app.addHook('onClose', () => handler.close())
  app.route({
    method: ['GET', 'POST', 'DELETE'],
    url: mcpPath,
    // Before the body is read: whoever has no token is not worth reading.
    onRequest: async (request, reply) => {
      const admitted = await admit(request, reply, desk).catch(asFailure)
      if (admitted instanceof Failure) await turnAway(admitted, request, reply, publicUrl(), desk)
      else callers.set(request.raw, admitted)
    },
    handler: async (request, reply) => {
      const fault = request.method === 'POST' ? faultOfMessage(request.body) : undefined
      if (fault !== undefined) return reply.code(400).send(rpcError(fault))
      const caller = callerOf(callers, request.raw)
      const auth: AuthInfo = { token: caller.credential.bearer ?? '', clientId: caller.principal.subject, scopes: [] }
      callers.set(auth, caller)
      reply.hijack()
      await serve(Object.assign(request.raw, { auth }) as Parameters<typeof serve>[0], reply.raw, request.body)
    },
  })
}

async function admit(request: FastifyRequest, reply: FastifyReply, desk: Desk): Promise<Caller> {
  const credential = { bearer: bearerOf(request.headers.authorization) }
  const principal = await desk.ports.authenticate(credential)
  const gone = new AbortController()
  reply.raw.once('close', () => {
    if (!reply.raw.writableFinished) gone.abort()
  })
  return { credential, principal, signal: gone.signal, ...softwareFrom(request.headers, request.ip) }
}

async function turnAway(
  failure: Failure,
  request: FastifyRequest,
  reply: FastifyReply,
  publicUrl: URL,
  { report, options }: Desk,
): Promise<void> {
  report(failure, 'mcp')
  if (failure.code !== 'unauthenticated') {
    await reply.code(failures[failure.code].http).send(rpcError(failure.message))
    return
  }
  const hadToken = request.headers.authorization !== undefined
  await reply
    .code(401)
    .header('www-authenticate', challenge(publicUrl, options.scopes, hadToken))
    .send({ error: 'invalid_token', error_description: `${failure.message} ${failure.next}` })
}

function callerOf(callers: WeakMap<object, Caller>, key: object | undefined): Caller {
  const caller = key === undefined ? undefined : callers.get(key)
  if (caller === undefined) throw new Failure('internal', {}, { cause: 'a request reached its tools without a caller' })
  return caller
}

function rpcError(message: string): object {
  return { jsonrpc: '2.0', id: null, error: { code: invalidRequest, message } }
}

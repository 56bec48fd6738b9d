import { readFileSync } from 'node:fs'
import { validateHostHeader, validateOriginHeader } from '@modelcontextprotocol/server'
import { type FastifyError, type FastifyInstance, type FastifyReply, type FastifyRequest, fastify } from 'fastify'
import { parseStrictJson } from '../base/strict-json.ts'
import type { Log } from '../telemetry/log.ts'
import type { Metrics } from '../telemetry/metrics.ts'
import { checkRequest } from './check-request.ts'
import type { HttpOptions } from './options.ts'

const maxJsonDepth = 64

/** An HTTP server that lets through only well-formed requests to a known host. It serves nothing yet. */
export function openApp(options: HttpOptions, log: Log, metrics: Metrics): FastifyInstance {
  const app = fastify({
    bodyLimit: options.maxBodyBytes,
    requestTimeout: options.requestTimeoutMs,
    forceCloseConnections: 'idle',
    routerOptions: { maxParamLength: 1_024 },
    ...serverOf(options),
  })
  app.addHook('onRequest', checkRequest)
  app.addHook('onRequest', refuseForeignHosts(options))
  app.addHook('onResponse', async (request, reply) => {
    const route = request.routeOptions.url ?? 'none'
    const { statusCode: status, elapsedTime } = reply
    metrics.observeHttp(route, status, elapsedTime)
    log.debug({ method: request.method, route, status, elapsedMs: Math.round(elapsedTime) }, 'answered')
  })
  app.removeContentTypeParser(['application/json', 'text/plain'])
  app.addContentTypeParser('application/json', { parseAs: 'string' }, async (_: unknown, body: string) => {
    return parseStrictJson(body, maxJsonDepth)
  })
  app.setNotFoundHandler((_, reply) =>
    reply.code(404).send({ error: { code: 'request_invalid', message: 'There is nothing at this path.' } }),
  )
  app.setErrorHandler((error: FastifyError, request, reply) => {
    const status = statusOf(error)
    const message = status < 500 ? error.message : 'Sluice failed inside.'
    if (status >= 500) log.error({ err: error, route: request.routeOptions.url }, 'a request failed')
    return reply.code(status).send({ error: { code: status < 500 ? 'request_invalid' : 'internal', message } })
  })
  return app
}

/** Against DNS rebinding. The answer does not repeat the name: what a stranger sent must not come back from here. */
function refuseForeignHosts({ allowedHosts, allowedOrigins }: HttpOptions) {
  return async ({ headers }: FastifyRequest, reply: FastifyReply): Promise<void> => {
    const isHostKnown = validateHostHeader(headers.host, [...allowedHosts]).ok
    if (isHostKnown && validateOriginHeader(headers.origin, [...allowedOrigins]).ok) return
    const message = `The ${isHostKnown ? 'origin' : 'host'} of this request is not allowed.`
    await reply.code(403).send({ jsonrpc: '2.0', error: { code: -32_000, message }, id: null })
  }
}

function statusOf(error: FastifyError): number {
  if (error instanceof SyntaxError) return 400
  return error.statusCode ?? 500
}

function serverOf({ maxHeaderBytes, tls }: HttpOptions) {
  const http = { maxHeaderSize: maxHeaderBytes }
  if (tls === undefined) return { http }
  const https = {
    ...http,
    minVersion: 'TLSv1.2' as const,
    ...certificateIn(tls),
  }
  return { https }
}

/** The certificate chain and its key, for every port that clients reach. */
export function certificateIn({ certificatePath, keyPath }: NonNullable<HttpOptions['tls']>) {
  return { cert: readFileSync(certificatePath), key: readFileSync(keyPath) }
}

import type { IncomingMessage } from 'node:http'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { openTurns } from '../../base/turns.ts'
import { admit, refuseOtherProject } from './admit.ts'
import { answerWith, fail } from './answer-with.ts'
import type { BigQueryDesk, Caller } from './desk.ts'
import { requestOf } from './desk.ts'
import { discoveryDocument } from './discovery.ts'
import { mountTokenExchange } from './exchange-token.ts'
import { applyFieldMask, parseFieldMask } from './field-mask.ts'
import { openFindMethod } from './find-method.ts'
import { servedMethods } from './methods.ts'
import { mountUploads } from './mount-uploads.ts'
import { openPageTokens } from './page-token.ts'
import { parametersOf } from './query-string.ts'
import { jsonOf, readBytes } from './read-body.ts'
import { refusedMethods } from './refused-methods.ts'
import { pathSegments } from './request-path.ts'
import { sendBody } from './send-reply.ts'

export type BigQueryParts = Omit<BigQueryDesk, 'pageTokens' | 'publicUrl' | 'inTurn'> & {
  /** Of all replicas: names that one gave out, the others know. */
  readonly nameKey: string
}

const mountedAt = [
  ...['/bigquery/*', '/projects', '/projects/*'],
  ...['/batch', '/batch/*', '/discovery/*', '/$discovery/*'],
]
const discoveryPaths = new Set(['/$discovery/rest', '/discovery/v1/apis/bigquery/v2/rest'])
const findMethod = openFindMethod([...servedMethods, ...refusedMethods])

/** Mounts BigQuery's REST API, v2: what every client of BigQuery speaks. */
export function mountBigQuery(app: FastifyInstance, publicUrl: () => URL, parts: BigQueryParts): void {
  const { ports, options, report, jobs, nameKey } = parts
  const pageTokens = openPageTokens(nameKey)
  const desk: BigQueryDesk = { ports, options, report, publicUrl, jobs, pageTokens, inTurn: openTurns() }
  mountTokenExchange(app, desk)
  app.register(async scope => {
    const maxBytes = scope.initialConfig.bodyLimit ?? 1_048_576
    // Bodies are read as bytes, so that each method says which form it takes.
    scope.removeAllContentTypeParsers()
    scope.addContentTypeParser('*', (request: FastifyRequest, payload: IncomingMessage) =>
      readBytes(payload, request.headers, maxBytes),
    )
    scope.decorateRequest('caller', null)
    scope.addHook('onRequest', async (request, reply) => {
      request.setDecorator('caller', await admit(request, reply, desk))
    })
    scope.setErrorHandler((thrown, request, reply) => fail(thrown, request, reply, desk))
    for (const url of mountedAt) scope.all(url, (request, reply) => serve(request, reply, desk))
    mountUploads(scope, desk)
  })
}

async function serve(request: FastifyRequest, reply: FastifyReply, desk: BigQueryDesk): Promise<FastifyReply> {
  const target = request.raw.url ?? ''
  const segments = pathSegments(target)
  const parameters = parametersOf(target)
  if (request.method === 'GET' && discoveryPaths.has(`/${segments.join('/')}`)) {
    await sendBody(request, reply, discoveryDocument(desk.publicUrl()))
    return reply
  }
  const { method, path } = findMethod(request.method, segments)
  refuseOtherProject(request.headers['x-goog-user-project'], path)
  const mask = parameters['fields'] === undefined ? undefined : parseFieldMask(parameters['fields'])
  const bytes = (request.body as Buffer | undefined) ?? Buffer.alloc(0)
  const body = method.takes === 'ignored' ? undefined : jsonOf(bytes, request.headers['content-type'])
  const caller = request.getDecorator<Caller>('caller')
  const { principal } = caller
  const ifMatch = request.headers['if-match']
  const state = ifMatch === undefined ? {} : { ifMatch }
  const raw = { query: parameters, body, bytes, ...state, request: requestOf(caller, method.id), principal, desk }
  const answer = await method.call(path, raw)
  await answerWith(
    answer,
    mask === undefined ? body => body : body => applyFieldMask(body, mask) as object,
    request,
    reply,
  )
  return reply
}

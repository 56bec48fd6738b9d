import type { IncomingMessage } from 'node:http'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { asFailure, Failure } from '../../model/failure.ts'
import { admit, refuseOtherProject } from './admit.ts'
import type { BigQueryDesk, Caller } from './desk.ts'
import { requestOf } from './desk.ts'
import { discoveryDocument } from './discovery.ts'
import { errorOfFailure, errorOfRefusal } from './error-envelope.ts'
import { mountTokenExchange } from './exchange-token.ts'
import { applyFieldMask, parseFieldMask } from './field-mask.ts'
import { openFindMethod } from './find-method.ts'
import type { Answer } from './method.ts'
import { servedMethods } from './methods.ts'
import { openPageTokens } from './page-token.ts'
import { parametersOf } from './query-string.ts'
import { jsonOf, readBytes } from './read-body.ts'
import { refusedMethods } from './refused-methods.ts'
import { pathSegments } from './request-path.ts'
import { sendBody, sendError } from './send-reply.ts'

export type BigQueryParts = Omit<BigQueryDesk, 'pageTokens' | 'publicUrl'>

const mountedAt = [
  ...['/bigquery/*', '/projects', '/projects/*', '/upload/*', '/resumable/*'],
  ...['/batch', '/batch/*', '/discovery/*', '/$discovery/*'],
]
const discoveryPaths = new Set(['/$discovery/rest', '/discovery/v1/apis/bigquery/v2/rest'])
const findMethod = openFindMethod([...servedMethods, ...refusedMethods])

/** Mounts BigQuery's REST API, v2: what every client of BigQuery speaks. */
export function mountBigQuery(app: FastifyInstance, publicUrl: () => URL, parts: BigQueryParts): void {
  const { ports, options, report, jobs } = parts
  const desk: BigQueryDesk = { ports, options, report, publicUrl, jobs, pageTokens: openPageTokens() }
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
  const bytes = request.body as Buffer | undefined
  const body = method.takes === 'ignored' ? undefined : jsonOf(bytes, request.headers['content-type'])
  const caller = request.getDecorator<Caller>('caller')
  const raw = { query: parameters, body, request: requestOf(caller, method.id), principal: caller.principal, desk }
  const answer = await method.call(path, raw)
  await answerWith(
    answer,
    mask === undefined ? body => body : body => applyFieldMask(body, mask) as object,
    request,
    reply,
  )
  return reply
}

async function answerWith(
  answer: Answer,
  shown: (body: object) => object,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<void> {
  const decisionId = answer.state === 'answered' ? answer.decisionId : answer.decision.id
  if (decisionId !== undefined) reply.header('sluice-decision', decisionId)
  if (answer.state !== 'answered') return sendError(request, reply, errorOfRefusal(answer))
  await sendBody(request, reply, answer.body === undefined ? undefined : shown(answer.body))
}

/** The one place where stops become answers. */
async function fail(thrown: unknown, request: FastifyRequest, reply: FastifyReply, desk: BigQueryDesk): Promise<void> {
  const failure = failureOf(thrown)
  desk.report(failure, `rest ${request.method}`)
  await sendError(request, reply, errorOfFailure(failure))
}

/** The server has stops of its own, such as a body that is too large. */
function failureOf(thrown: unknown): Failure {
  const status = (thrown as { statusCode?: unknown } | undefined)?.statusCode
  if (thrown instanceof Failure || typeof status !== 'number' || status >= 500) return asFailure(thrown)
  return new Failure(status === 413 ? 'request_too_large' : 'request_invalid', {}, { cause: thrown })
}

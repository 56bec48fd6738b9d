import type { IncomingMessage } from 'node:http'
import type { FastifyInstance, FastifyReply } from 'fastify'
import { z } from 'zod'
import { asFailure, Failure } from '../../model/failure.ts'
import type { BigQueryDesk } from './desk.ts'
import { parametersOf } from './query-string.ts'
import { readBytes } from './read-body.ts'

export const tokenPath = '/v1/token'

const exchange = z.object({
  grant_type: z.literal('urn:ietf:params:oauth:grant-type:token-exchange'),
  subject_token: z.string().min(1),
  subject_token_type: z.enum([
    'urn:ietf:params:oauth:token-type:jwt',
    'urn:ietf:params:oauth:token-type:id_token',
    'urn:ietf:params:oauth:token-type:access_token',
  ]),
  requested_token_type: z
    .literal('urn:ietf:params:oauth:token-type:access_token')
    .default('urn:ietf:params:oauth:token-type:access_token'),
})
const maxBytes = 65_536

/**
 * The exchange (RFC 8693) through which Google's clients refresh their credentials by themselves. Only a token that is for
 * this gateway counts, and it is what they get back: Sluice issues none of its own.
 */
export function mountTokenExchange(app: FastifyInstance, { ports, report }: BigQueryDesk): void {
  app.register(async scope => {
    scope.removeAllContentTypeParsers()
    scope.addContentTypeParser('*', (request: { headers: IncomingMessage['headers'] }, payload: IncomingMessage) =>
      readBytes(payload, request.headers, maxBytes),
    )
    scope.setErrorHandler((thrown, _, reply) => {
      const failure = asFailure(thrown)
      report(failure, 'token exchange')
      return refuse(failure, reply)
    })
    scope.post(tokenPath, async (request, reply) => {
      const { subject_token: bearer, requested_token_type } = formOf(request.body, request.headers['content-type'])
      const { expiresAt } = await ports.authenticate({ bearer })
      const expires_in = Math.floor((expiresAt.getTime() - ports.now().getTime()) / 1_000)
      reply.header('cache-control', 'no-store')
      return { access_token: bearer, issued_token_type: requested_token_type, token_type: 'Bearer', expires_in }
    })
  })
}

function formOf(body: unknown, contentType = ''): z.infer<typeof exchange> {
  if (!/^application\/x-www-form-urlencoded\s*(;|$)/i.test(contentType)) {
    throw new Failure('request_invalid', {
      detail: 'A token is exchanged by an application/x-www-form-urlencoded form.',
    })
  }
  // A form is what stands behind the question mark of a URL, and what comes twice in it is refused the same.
  const form = exchange.safeParse(parametersOf(`?${Buffer.isBuffer(body) ? body.toString('utf8') : ''}`))
  if (form.success) return form.data
  const [issue] = form.error.issues
  throw new Failure('request_invalid', {
    detail: `${issue?.path.join('.') ?? 'form'}: ${issue?.message ?? 'is missing'}.`,
  })
}

function refuse(failure: Failure, reply: FastifyReply): FastifyReply {
  const isTemporary = failure.code === 'internal'
  const error = failure.code === 'unauthenticated' ? 'invalid_grant' : 'invalid_request'
  return reply
    .code(isTemporary ? 500 : 400)
    .send({ error: isTemporary ? 'server_error' : error, error_description: failure.message })
}

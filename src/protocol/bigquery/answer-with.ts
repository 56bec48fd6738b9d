import type { FastifyReply, FastifyRequest } from 'fastify'
import { asFailure, Failure } from '../../model/failure.ts'
import type { BigQueryDesk } from './desk.ts'
import { errorOfFailure, errorOfRefusal } from './error-envelope.ts'
import type { Answer } from './method.ts'
import { sendBody, sendError } from './send-reply.ts'

export async function answerWith(
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
export async function fail(
  thrown: unknown,
  request: FastifyRequest,
  reply: FastifyReply,
  desk: BigQueryDesk,
): Promise<void> {
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

import { Readable } from 'node:stream'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Refusal } from '../../gateway/outcome.ts'
import type { Ports } from '../../gateway/ports.ts'
import type { Request } from '../../gateway/query.ts'
import { type AnswerRecords, readRecords } from '../../gateway/read-records.ts'
import { asFailure, Failure, failures } from '../../model/failure.ts'
import type { RecordQuestion } from '../../model/record-question.ts'
import { bearerOf } from '../bearer.ts'
import { softwareFrom } from '../client-software.ts'
import { readStrictly } from '../read-strictly.ts'
import { questionBody } from './question-body.ts'

export type ConsoleParts = {
  readonly ports: Ports
  /** Absent where records go nowhere that they could be read. */
  readonly answerRecords: AnswerRecords | undefined
  readonly report: (failure: Failure, action: string) => void
}

export const recordsPath = '/records'

/** Mounts the door for whoever investigates: questions in, rows of the records out, one a line. */
export function mountConsole(app: FastifyInstance, parts: ConsoleParts): void {
  app.route({
    method: 'POST',
    url: recordsPath,
    // Before the body is read: whoever has no token is not worth reading.
    onRequest: async request => {
      await parts.ports.authenticate({ bearer: bearerOf(request.headers.authorization) })
    },
    handler: (request, reply) => serve(request, reply, parts),
    errorHandler: (thrown, _, reply) => {
      const failure = failureOf(thrown)
      parts.report(failure, 'records')
      const { code, message, next } = failure
      return reply.code(failures[code].http).send({ error: { code, message, next } })
    },
  })
}

async function serve(request: FastifyRequest, reply: FastifyReply, parts: ConsoleParts): Promise<FastifyReply> {
  const question = readStrictly(questionBody, request.body, 'question')
  if (parts.answerRecords === undefined) {
    throw new Failure('records_unavailable', { detail: 'This gateway has no store, or its store did not start.' })
  }
  const { signal } = goneWith(reply)
  const reading = await readRecords(requestOf(request, question, signal), question, parts.ports)
  if (reading.state !== 'readable') return reply.code(403).send(refusalBody(reading))
  const rows = parts.answerRecords(question, signal)[Symbol.asyncIterator]()
  // A question that cannot be answered is a failure with a code; once rows flow, it could only break off.
  const first = await rows.next()
  return reply.type('application/x-ndjson').send(Readable.from(linesOf(first, rows)))
}

async function* linesOf(first: IteratorResult<string>, rows: AsyncIterator<string>): AsyncIterable<string> {
  for (let row = first; row.done !== true; row = await rows.next()) yield `${row.value}\n`
}

function goneWith(reply: FastifyReply): AbortController {
  const gone = new AbortController()
  reply.raw.once('close', () => gone.abort())
  return gone
}

function requestOf({ headers, ip }: FastifyRequest, { ask }: RecordQuestion, signal: AbortSignal): Request {
  const { software, traceparent } = softwareFrom(headers, ip)
  return {
    credential: { bearer: bearerOf(headers.authorization) },
    client: { ...software, protocol: 'console', ...(traceparent === undefined ? {} : { traceparent }) },
    action: `records.${ask}`,
    signal,
  }
}

function refusalBody(refusal: Refusal) {
  const said = refusal.state === 'denied' ? refusal.reasons : refusal.approvals
  const message = said.map(reason => reason.message).join(' ')
  return { error: { code: refusal.state, message, decision_id: refusal.decision.id } }
}

/** The server has stops of its own, such as a body that is too large. */
function failureOf(thrown: unknown): Failure {
  const status = (thrown as { statusCode?: unknown } | undefined)?.statusCode
  if (thrown instanceof Failure || typeof status !== 'number' || status >= 500) return asFailure(thrown)
  return new Failure(status === 413 ? 'request_too_large' : 'request_invalid', {}, { cause: thrown })
}

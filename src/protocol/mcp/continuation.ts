import { createHmac, timingSafeEqual } from 'node:crypto'
import { z } from 'zod'
import { Failure } from '../../model/failure.ts'

const continuation = z.tuple([
  z.string().max(1_024),
  z.string().max(4_096).nullable(),
  z.int().min(1),
  z.int().min(0),
  z.int().min(0),
])

/** Where an answer stopped: which page of which job, in which size, and how many of its rows are told already. */
export type Continuation = {
  readonly jobId: string
  readonly pageToken: string | undefined
  readonly maxRows: number
  readonly index: number
  readonly skip: number
}

export type Continuations = {
  readonly seal: (place: Continuation) => string
  /** Throws `request_invalid` for a token that no replica sealed. */
  readonly open: (token: string) => Continuation
}

/** Page tokens that clients cannot make up, and that every replica of one key knows. Whose a job is, is in its id. */
export function openContinuations(key: string): Continuations {
  const mark = (body: string) => createHmac('sha256', key).update(`continuation ${body}`).digest()
  return {
    seal({ jobId, pageToken, maxRows, index, skip }) {
      const body = Buffer.from(JSON.stringify([jobId, pageToken ?? null, maxRows, index, skip])).toString('base64url')
      return `${body}.${mark(body).toString('base64url')}`
    },
    open(token) {
      const [body = '', given = ''] = token.split('.')
      const expected = mark(body)
      const actual = Buffer.from(given, 'base64url')
      if (actual.length !== expected.length || !timingSafeEqual(actual, expected)) throw unknownPage()
      const place = continuation.parse(JSON.parse(Buffer.from(body, 'base64url').toString('utf8')))
      const [jobId, pageToken, maxRows, index, skip] = place
      return { jobId, pageToken: pageToken ?? undefined, maxRows, index, skip }
    },
  }
}

export function unknownPage(): Failure {
  return new Failure('request_invalid', {
    detail: 'page_token: there is no such page.',
    next: 'Run the query again, and use the next_page_token of its answer soon.',
  })
}

import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto'
import { z } from 'zod'
import { Failure } from '../../model/failure.ts'

/** Where a reader stopped: which page of which job, or how far in a list. */
export type Place = { readonly of: string; readonly pageToken?: string | undefined; readonly index: number }

const placeForm = z.tuple([z.string(), z.string().nullable(), z.int().min(0)])

export type PageTokens = {
  readonly seal: (place: Place) => string
  /** Throws `request_invalid` for a token that was not sealed here for `of`. */
  readonly open: (token: string, of: string) => Place
}

/** Page tokens that clients cannot make up, nor take from one job or list to another. */
export function openPageTokens(): PageTokens {
  const key = randomBytes(32)
  const mark = (body: string) => createHmac('sha256', key).update(body).digest()
  return {
    seal({ of, pageToken, index }) {
      const body = Buffer.from(JSON.stringify([of, pageToken ?? null, index])).toString('base64url')
      return `${body}.${mark(body).toString('base64url')}`
    },
    open(token, of) {
      const [body = '', given = ''] = token.split('.')
      const expected = mark(body)
      const actual = Buffer.from(given, 'base64url')
      if (actual.length !== expected.length || !timingSafeEqual(actual, expected)) throw unknownPage()
      const [sealedFor, pageToken, index] = placeForm.parse(JSON.parse(Buffer.from(body, 'base64url').toString('utf8')))
      if (sealedFor !== of) throw unknownPage()
      return { of, index, ...(pageToken === null ? {} : { pageToken }) }
    },
  }
}

function unknownPage(): Failure {
  return new Failure('request_invalid', {
    detail: 'pageToken: there is no such page.',
    next: 'Begin at the first page.',
  })
}

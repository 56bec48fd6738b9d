import { createHmac, timingSafeEqual } from 'node:crypto'
import { z } from 'zod'
import { Failure } from '../../model/failure.ts'
import { type PrincipalClaims, principalId } from '../../model/principal.ts'

/** Where a reader stopped: which page of which job, or how far in a list. */
export type Place = { readonly of: string; readonly pageToken?: string | undefined; readonly index: number }

const placeForm = z.tuple([z.string(), z.string().nullable(), z.int().min(0)])

type Owner = Pick<PrincipalClaims, 'issuer' | 'subject'>

export type PageTokens = {
  readonly seal: (place: Place, owner: Owner) => string
  /** Throws `request_invalid` for a token that no replica of this key sealed for `of` and this owner. */
  readonly open: (token: string, of: string, owner: Owner) => Place
}

/** Page tokens that clients cannot make up, nor take from one job or list to another, nor from somebody else. */
export function openPageTokens(key: string): PageTokens {
  const mark = (body: string, owner: Owner) =>
    createHmac('sha256', key)
      .update(JSON.stringify(['page', body, principalId(owner)]))
      .digest()
  return {
    seal({ of, pageToken, index }, owner) {
      const body = Buffer.from(JSON.stringify([of, pageToken ?? null, index])).toString('base64url')
      return `${body}.${mark(body, owner).toString('base64url')}`
    },
    open(token, of, owner) {
      const [body = '', given = ''] = token.split('.')
      const expected = mark(body, owner)
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

import { createHash } from 'node:crypto'

/** A text that is another one wherever what it is made of is. */
export function etagOf(shown: unknown): string {
  return createHash('sha256').update(JSON.stringify(shown)).digest('base64url').slice(0, 22)
}

/** A resource or a list as it is shown, with its tag. */
export function withEtag<T extends { readonly kind: string }>(shown: T): T & { readonly etag: string } {
  return { ...shown, etag: etagOf(shown) }
}

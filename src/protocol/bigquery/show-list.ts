import type { Principal } from '../../model/principal.ts'
import type { BigQueryDesk } from './desk.ts'

type Paging = { readonly maxResults?: number; readonly pageToken?: string }

const defaultMaxResults = 1_000

/** A part of a list, and the token that leads on. `of` names the list, so that tokens do not fit another. */
export function showList<T>(
  items: readonly T[],
  { maxResults = defaultMaxResults, pageToken }: Paging,
  of: string,
  { principal, desk: { pageTokens } }: { readonly principal: Principal; readonly desk: BigQueryDesk },
): { readonly shown: readonly T[]; readonly nextPageToken?: string } {
  const from = pageToken === undefined ? 0 : pageTokens.open(pageToken, of, principal).index
  const to = from + Math.max(1, Math.min(maxResults, defaultMaxResults))
  const shown = items.slice(from, to)
  return { shown, ...(to < items.length ? { nextPageToken: pageTokens.seal({ of, index: to }, principal) } : {}) }
}

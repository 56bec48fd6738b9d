import { Failure } from '../../model/failure.ts'

/** A client that says which state it has seen wants its change made to no other. */
export function checkUnchanged(ifMatch: string, etag: string | undefined): void {
  if (ifMatch === '*' || ifMatch.replaceAll('"', '') === etag) return
  throw new Failure('changed_meanwhile')
}

import { type Found, nothing } from '../detector.ts'

const local = /[A-Za-z0-9.!#$%&'*+/=?^_{|}~-]/
const domain = /^[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){0,8}\.[A-Za-z]{2,24}(?![A-Za-z0-9-])/

/** What the `email` mask leaves of an address is not an address. */
const maskedLocal = 'XXXXX'

/** Looks left and right of each `@`, neither way past another one, so that no part is read more than twice. */
export function findEmails(text: string): readonly Found[] {
  let found: Found[] | undefined
  for (let at = text.indexOf('@'); at >= 0; at = text.indexOf('@', at + 1)) {
    const start = startOfLocal(text, at)
    if (start === at || text.slice(start, at) === maskedLocal) continue
    const host = domain.exec(text.slice(at + 1, at + 256))?.[0]
    if (host === undefined) continue
    found ??= []
    found.push({ start, end: at + 1 + host.length })
  }
  return found ?? nothing
}

const longestLocal = 64

function startOfLocal(text: string, at: number): number {
  let start = at
  while (start > 0 && at - start < longestLocal && local.test(text.charAt(start - 1))) start--
  return start
}

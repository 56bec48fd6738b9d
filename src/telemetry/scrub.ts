const secretKey =
  /^(authorization|proxy-authorization|cookie|set-cookie|bearer|credential|assertion|.*(token|password|secret|private_?key))$/i
const sqlKey = /^(sql|query|text|governed|statement)$/i
const tokenInText = /\b(?:Bearer\s+[\w.~+/-]+=*|eyJ[\w-]+\.[\w-]+\.[\w-]*)/g

const maxDepth = 6
const gone = '[redacted]'

/** What may be logged of a value: secrets and, unless told otherwise, SQL are left out; errors become plain objects. */
export function scrub(value: unknown, keepSql: boolean, depth = 0): unknown {
  if (typeof value === 'string') return scrubText(value)
  if (typeof value !== 'object' || value === null) return value
  if (depth >= maxDepth) return '[deep]'
  if (value instanceof Date) return value
  if (value instanceof Error) return scrubError(value, keepSql, depth)
  if (Array.isArray(value)) return value.map(item => scrub(item, keepSql, depth + 1))
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, scrubMember(key, item, keepSql, depth)]))
}

/** Text without the credentials that may be inside it. */
export function scrubText(text: string): string {
  return text.replace(tokenInText, gone)
}

function scrubMember(key: string, value: unknown, keepSql: boolean, depth: number): unknown {
  if (secretKey.test(key)) return gone
  if (!keepSql && sqlKey.test(key)) return gone
  return scrub(value, keepSql, depth + 1)
}

function scrubError(error: Error, keepSql: boolean, depth: number): Record<string, unknown> {
  const members = Object.fromEntries(
    Object.entries(error).map(([key, item]) => [key, scrubMember(key, item, keepSql, depth)]),
  )
  return {
    ...members,
    type: error.name,
    message: scrubText(error.message),
    stack: scrubText(error.stack ?? ''),
    ...(error.cause === undefined ? {} : { cause: scrub(error.cause, keepSql, depth + 1) }),
  }
}

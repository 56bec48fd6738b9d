import type { Cursor } from './cursor.ts'

/** Whether the token here (or `ahead` of here) can only begin a query. */
export function startsQuery(c: Cursor, ahead = 0): boolean {
  if (c.isAt(ahead, 'SELECT') || c.isAt(ahead, 'FROM')) return true
  // `WITH (` begins an expression: WITH(a AS 1, a).
  return c.isAt(ahead, 'WITH') && !c.isAt(ahead + 1, '(')
}

/** Whether a query in parentheses, just read, goes on as a part of a larger query. */
export function continuesQuery(c: Cursor): boolean {
  return startsSetOperator(c) || c.is('|>') || c.is('ORDER') || c.is('LIMIT') || c.are('FOR', 'UPDATE')
}

export function startsSetOperator(c: Cursor): boolean {
  if (isSetWord(c, 0)) return true
  if (!c.isAny(['FULL', 'LEFT', 'INNER', 'OUTER'])) return false
  return isSetWord(c, c.isAt(1, 'OUTER') ? 2 : 1)
}

function isSetWord(c: Cursor, ahead: number): boolean {
  return c.isAt(ahead, 'UNION') || c.isAt(ahead, 'INTERSECT') || c.isAt(ahead, 'EXCEPT')
}

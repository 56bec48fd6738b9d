import type { Assert, Call, ExecuteArgument, ExecuteImmediate } from '../ast/movement.ts'
import { parseArgument } from './arguments.ts'
import type { Cursor } from './cursor.ts'
import { parseString } from './literals.ts'
import { parseAsAlias, parsePath } from './names.ts'

export function parseCall(c: Cursor): Call {
  const { start } = c
  c.expect('CALL')
  const name = parsePath(c, 'the name of a procedure')
  c.expect('(')
  const args = c.is(')') ? [] : c.list(parseArgument)
  c.expect(')')
  return { kind: 'Call', name, args, at: c.span(start) }
}

/** `EXECUTE IMMEDIATE text [INTO variable, …] [USING value [AS name], …]` */
export function parseExecuteImmediate(c: Cursor): ExecuteImmediate {
  const { start } = c
  c.expectAll('EXECUTE', 'IMMEDIATE')
  const sql = c.expression()
  const into = c.take('INTO') ? c.list(item => item.identifier('a variable')) : []
  const using = c.take('USING') ? c.list(parseExecuteArgument) : []
  return { kind: 'ExecuteImmediate', sql, into, using, at: c.span(start) }
}

function parseExecuteArgument(c: Cursor): ExecuteArgument {
  const { start } = c
  const value = c.expression()
  return { kind: 'ExecuteArgument', value, alias: parseAsAlias(c), at: c.span(start) }
}

/** `ASSERT condition [AS 'message']` */
export function parseAssert(c: Cursor): Assert {
  const { start } = c
  c.expect('ASSERT')
  const condition = c.expression()
  const message = c.take('AS') ? parseString(c).value : undefined
  return { kind: 'Assert', condition, message, at: c.span(start) }
}

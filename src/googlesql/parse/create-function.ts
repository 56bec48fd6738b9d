import type { Expression } from '../ast/expression.ts'
import type { CreateFunction, Determinism } from '../ast/routine.ts'
import { tokenType } from '../lex/tokens.ts'
import type { Cursor } from './cursor.ts'
import { type CreateHead, parseConnection, parseNewName } from './definition-clauses.ts'
import { parseString } from './literals.ts'
import { parseOptions } from './names.ts'
import { parseParameters, parseSqlSecurity } from './parameters.ts'

/** CREATE [AGGREGATE] FUNCTION, behind the word FUNCTION. */
export function parseCreateFunction(c: Cursor, head: CreateHead, aggregate: boolean): CreateFunction {
  const { start, ...modifiers } = head
  const name = parseNewName(c, 'the name of a function')
  const parameters = parseParameters(c, 'function')
  const returns = c.take('RETURNS') ? c.dataType() : undefined
  const security = parseSqlSecurity(c)
  const determinism = parseDeterminism(c)
  const engine = parseEngine(c)
  const connection = parseConnection(c)
  const early = parseOptions(c)
  const body = c.take('AS') ? parseBody(c, engine.language !== undefined) : {}
  const rest = { body: undefined, ...body, connection, options: early ?? parseOptions(c) }
  const signature = { parameters, returns, security, determinism, ...engine }
  return { kind: 'CreateFunction', ...modifiers, aggregate, ...name, ...signature, ...rest, at: c.span(start) }
}

function parseDeterminism(c: Cursor): Determinism | undefined {
  if (c.takeAll('NOT', 'DETERMINISTIC')) return 'NOT DETERMINISTIC'
  return c.takeAny(['DETERMINISTIC', 'IMMUTABLE', 'STABLE', 'VOLATILE'])
}

/** LANGUAGE and REMOTE, in either order. */
function parseEngine(c: Cursor): Pick<CreateFunction, 'language' | 'remote'> {
  const early = c.take('REMOTE')
  const language = parseLanguage(c)
  return { language, remote: early || c.take('REMOTE') }
}

export function parseLanguage(c: Cursor): CreateFunction['language'] {
  return c.take('LANGUAGE') ? c.identifier('the name of a language') : undefined
}

/** The text of a program in a language, or `(expression)`. */
function parseBody(c: Cursor, hasLanguage: boolean): Pick<CreateFunction, 'body' | 'hasOtherBody'> {
  const { start } = c
  const isText = c.type === tokenType.string
  const body = isText ? parseString(c) : parseSqlBody(c)
  if (isText === hasLanguage) return { body }
  c.lacks('functionBody', start)
  return { body, hasOtherBody: true }
}

function parseSqlBody(c: Cursor): Expression {
  c.expect('(')
  const body = c.expression()
  c.expect(')')
  return body
}

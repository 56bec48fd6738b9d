import type { CreateProcedure, CreateTableFunction } from '../ast/routine.ts'
import { tokenType } from '../lex/tokens.ts'
import { parseBlock } from './block.ts'
import { parseLanguage } from './create-function.ts'
import type { Cursor } from './cursor.ts'
import { type CreateHead, parseConnection, parseNewName } from './definition-clauses.ts'
import { parseString } from './literals.ts'
import { parseOptions } from './names.ts'
import { parseParameters, parseSqlSecurity, parseTableType } from './parameters.ts'

/** CREATE TABLE FUNCTION, behind the word FUNCTION. */
export function parseCreateTableFunction(c: Cursor, { start, ...modifiers }: CreateHead): CreateTableFunction {
  const name = parseNewName(c, 'the name of a table function')
  const parameters = parseParameters(c, 'function')
  const returns = c.take('RETURNS') ? parseTableType(c) : undefined
  const security = parseSqlSecurity(c)
  const early = parseOptions(c)
  const language = parseLanguage(c)
  const options = early ?? parseOptions(c)
  const body = c.take('AS') ? parseTableBody(c) : undefined
  const rest = { parameters, returns, security, language, options, body }
  return { kind: 'CreateTableFunction', ...modifiers, ...name, ...rest, at: c.span(start) }
}

function parseTableBody(c: Cursor): CreateTableFunction['body'] {
  return c.type === tokenType.string ? parseString(c) : c.query()
}

/** CREATE PROCEDURE, behind the word PROCEDURE. */
export function parseCreateProcedure(c: Cursor, { start, ...modifiers }: CreateHead): CreateProcedure {
  const name = parseNewName(c, 'the name of a procedure')
  const parameters = parseParameters(c, 'procedure')
  const security = c.takeAll('EXTERNAL', 'SECURITY') ? c.expectAny(['INVOKER', 'DEFINER']) : undefined
  const connection = parseConnection(c)
  const options = parseOptions(c)
  const language = parseLanguage(c)
  const body = language === undefined ? parseBlock(c, undefined) : parseProgram(c)
  const rest = { parameters, security, connection, options, language, body }
  return { kind: 'CreateProcedure', ...modifiers, ...name, ...rest, at: c.span(start) }
}

function parseProgram(c: Cursor): CreateProcedure['body'] {
  return c.take('AS') ? parseString(c) : undefined
}

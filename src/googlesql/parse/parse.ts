import type { Expression } from '../ast/expression.ts'
import type { Script } from '../ast/script.ts'
import type { Statement } from '../ast/statement.ts'
import { foreignFailure } from '../foreign-syntax.ts'
import { lex } from '../lex/lex.ts'
import { Cursor, type Productions } from './cursor.ts'
import { parseExpression, parseExpressionAfter, parseOperand, parseTerm } from './operators.ts'
import { parsePostfix, parsePrimary } from './primary.ts'
import { parseQuery, parseQueryAfter } from './query.ts'
import { parseOneStatement } from './statement.ts'
import { parseTableFunction } from './table.ts'
import { parseType } from './types.ts'

const productions: Productions = {
  expression: parseExpression,
  expressionAfter: parseExpressionAfter,
  operand: parseOperand,
  term: parseTerm,
  primary: parsePrimary,
  postfix: parsePostfix,
  query: parseQuery,
  queryAfter: parseQueryAfter,
  type: parseType,
  statement: parseOneStatement,
  tableCall: (c, name) => parseTableFunction(c, name, false, name.at.start),
}

/** Reads everything a request sent; throws a SyntaxFailure at the first thing that is not BigQuery's. */
export function parseScript(text: string): Script {
  return inBigQuery(text, readScript)
}

/** The same for all of GoogleSQL, of which BigQuery has only a part. */
export function parseGoogleSql(text: string): Script {
  return readScript(new Cursor(lex(text), productions))
}

/** Reads exactly one expression. */
export function parseWholeExpression(text: string): Expression {
  return inBigQuery(text, c => {
    const expression = c.expression()
    if (!c.isEnd) throw c.failure('the end of the expression')
    return expression
  })
}

/** Reads exactly one statement, with or without a semicolon behind it. */
export function parseStatement(text: string): Statement {
  return inBigQuery(text, c => {
    const statement = parseOneStatement(c)
    c.take(';')
    if (!c.isEnd) throw c.failure('the end of the statement')
    return statement
  })
}

/** What was read, unless something of it is no part of BigQuery. */
function inBigQuery<T>(text: string, read: (c: Cursor) => T): T {
  const c = new Cursor(lex(text), productions)
  const tree = read(c)
  const failure = foreignFailure(text, c.foreign)
  if (failure !== undefined) throw failure
  return tree
}

function readScript(c: Cursor): Script {
  const statements: Statement[] = []
  while (!c.isEnd) {
    statements.push(parseOneStatement(c))
    if (!c.isEnd) c.expect(';', 'Statements are separated by semicolons.')
  }
  if (statements.length === 0) throw c.failure('a statement')
  return { kind: 'Script', statements, at: { start: 0, end: c.tokens.source.length } }
}

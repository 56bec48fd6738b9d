import type { Expression } from '../ast/expression.ts'
import type { Script } from '../ast/script.ts'
import type { Statement } from '../ast/statement.ts'
import { lex } from '../lex/lex.ts'
import { Cursor, type Productions } from './cursor.ts'
import { parseExpression, parseExpressionAfter, parseOperand, parseTerm } from './operators.ts'
import { parseQuery, parseQueryAfter } from './query.ts'
import { parseOneStatement } from './statement.ts'
import { parseType } from './types.ts'

const productions: Productions = {
  expression: parseExpression,
  expressionAfter: parseExpressionAfter,
  operand: parseOperand,
  term: parseTerm,
  query: parseQuery,
  queryAfter: parseQueryAfter,
  type: parseType,
  statement: parseOneStatement,
}

/** Reads everything a request sent; throws a SyntaxFailure at the first thing that is not GoogleSQL. */
export function parseScript(text: string): Script {
  const c = new Cursor(lex(text), productions)
  const statements: Statement[] = []
  while (!c.isEnd) {
    statements.push(parseOneStatement(c))
    if (!c.isEnd) c.expect(';', 'Statements are separated by semicolons.')
  }
  if (statements.length === 0) throw c.failure('a statement')
  return { kind: 'Script', statements, at: { start: 0, end: text.length } }
}

/** Reads exactly one expression. */
export function parseWholeExpression(text: string): Expression {
  const c = new Cursor(lex(text), productions)
  const expression = c.expression()
  if (!c.isEnd) throw c.failure('the end of the expression')
  return expression
}

/** Reads exactly one statement, with or without a semicolon behind it. */
export function parseStatement(text: string): Statement {
  const c = new Cursor(lex(text), productions)
  const statement = parseOneStatement(c)
  c.take(';')
  if (!c.isEnd) throw c.failure('the end of the statement')
  return statement
}

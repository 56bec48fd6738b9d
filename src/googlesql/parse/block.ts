import type { Identifier } from '../ast/name.ts'
import type { Block, ExceptionHandler, StatementList } from '../ast/script.ts'
import type { Statement } from '../ast/statement.ts'
import type { Cursor } from './cursor.ts'

const enders = ['END', 'ELSE', 'ELSEIF', 'WHEN', 'EXCEPTION', 'UNTIL'] as const

/** Statements of a body, each with its semicolon, up to a word that no statement begins with. */
export function parseStatements(c: Cursor): readonly Statement[] {
  const statements: Statement[] = []
  while (!c.isEnd && !c.isAny(enders)) {
    statements.push(c.nested(inner => inner.productions.statement(inner)))
    c.expect(';', 'In a block a semicolon follows every statement.')
  }
  return statements
}

/** The statements of ELSE, if it is there. */
export function parseElse(c: Cursor): StatementList | undefined {
  const { start } = c
  return c.take('ELSE') ? { kind: 'StatementList', statements: parseStatements(c), at: c.span(start) } : undefined
}

/** `BEGIN … [EXCEPTION WHEN ERROR THEN …] END`; its label stands before it and may follow it. */
export function parseBlock(c: Cursor, label: Identifier | undefined): Block {
  const start = label?.at.start ?? c.start
  c.expect('BEGIN')
  const statements = parseStatements(c)
  const handler = parseHandler(c)
  c.expect('END')
  parseEndLabel(c, label)
  return { kind: 'Block', label, statements, handler, at: c.span(start) }
}

function parseHandler(c: Cursor): ExceptionHandler | undefined {
  const { start } = c
  if (!c.take('EXCEPTION')) return undefined
  c.expectAll('WHEN', 'ERROR', 'THEN')
  return { kind: 'ExceptionHandler', statements: parseStatements(c), at: c.span(start) }
}

/** Behind END the label may be repeated, and no other may stand. */
export function parseEndLabel(c: Cursor, label: Identifier | undefined): void {
  if (label === undefined || !c.isIdentifier()) return
  const { start } = c
  const { text } = c.identifier()
  if (text.toLowerCase() !== label.text.toLowerCase()) throw c.failureAt(start, `the label ${label.text}`, text)
}

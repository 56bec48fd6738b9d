import type { Identifier } from '../ast/name.ts'
import type { CaseStatement, ForIn, If, Loop, Repeat, ScriptBranch, While } from '../ast/script.ts'
import type { Statement } from '../ast/statement.ts'
import { parseBlock, parseElse, parseEndLabel, parseStatements } from './block.ts'
import type { Cursor } from './cursor.ts'

type Label = Identifier | undefined

/** `IF condition THEN … ELSEIF condition THEN … ELSE … END IF` */
export function parseIf(c: Cursor): If {
  const { start } = c
  const branches = [parseBranch(c, 'IF')]
  while (c.is('ELSEIF')) branches.push(parseBranch(c, 'ELSEIF'))
  const otherwise = parseElse(c)
  c.expectAll('END', 'IF')
  return { kind: 'If', branches, otherwise, at: c.span(start) }
}

/** `CASE [operand] WHEN value THEN … ELSE … END CASE` */
export function parseCaseStatement(c: Cursor): CaseStatement {
  const { start } = c
  c.expect('CASE')
  const operand = c.is('WHEN') ? undefined : c.expression()
  const branches = [parseBranch(c, 'WHEN')]
  while (c.is('WHEN')) branches.push(parseBranch(c, 'WHEN'))
  const otherwise = parseElse(c)
  c.expectAll('END', 'CASE')
  return { kind: 'CaseStatement', operand, branches, otherwise, at: c.span(start) }
}

function parseBranch(c: Cursor, word: 'IF' | 'ELSEIF' | 'WHEN'): ScriptBranch {
  const { start } = c
  c.expect(word)
  const when = c.expression()
  c.expect('THEN')
  return { kind: 'ScriptBranch', when, statements: parseStatements(c), at: c.span(start) }
}

/** `label: …`, before what may have one. */
export function parseLabelled(c: Cursor): Statement {
  const label = c.identifier()
  c.expect(':')
  if (c.is('BEGIN')) return parseBlock(c, label)
  if (c.is('LOOP')) return parseLoop(c, label)
  if (c.is('WHILE')) return parseWhile(c, label)
  if (c.is('REPEAT')) return parseRepeat(c, label)
  if (c.is('FOR')) return parseForIn(c, label)
  throw c.failure('BEGIN or LOOP or WHILE or REPEAT or FOR')
}

export function parseLoop(c: Cursor, label?: Label): Loop {
  const start = label?.at.start ?? c.start
  c.expect('LOOP')
  const statements = parseStatements(c)
  endLoop(c, 'LOOP', label)
  return { kind: 'Loop', label, statements, at: c.span(start) }
}

export function parseWhile(c: Cursor, label?: Label): While {
  const start = label?.at.start ?? c.start
  c.expect('WHILE')
  const condition = c.expression()
  c.expect('DO')
  const statements = parseStatements(c)
  endLoop(c, 'WHILE', label)
  return { kind: 'While', label, condition, statements, at: c.span(start) }
}

export function parseRepeat(c: Cursor, label?: Label): Repeat {
  const start = label?.at.start ?? c.start
  c.expect('REPEAT')
  const statements = parseStatements(c)
  c.expect('UNTIL')
  const until = c.expression()
  endLoop(c, 'REPEAT', label)
  return { kind: 'Repeat', label, statements, until, at: c.span(start) }
}

export function parseForIn(c: Cursor, label?: Label): ForIn {
  const start = label?.at.start ?? c.start
  c.expect('FOR')
  const variable = c.identifier('the name of a variable')
  c.expect('IN')
  const query = c.parenthesizedQuery()
  c.expect('DO')
  const statements = parseStatements(c)
  endLoop(c, 'FOR', label)
  return { kind: 'ForIn', label, variable, query, statements, at: c.span(start) }
}

function endLoop(c: Cursor, word: 'LOOP' | 'WHILE' | 'REPEAT' | 'FOR', label: Label): void {
  c.expectAll('END', word)
  parseEndLabel(c, label)
}

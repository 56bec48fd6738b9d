import type { PipeFork, PipeIf, PipeIfCase, PipeOperator, Subpipeline } from '../ast/pipe.ts'
import type { Cursor } from './cursor.ts'
import { parseHint, withHint } from './hints.ts'
import { endsPipeList } from './ordering.ts'

/** What stands behind `|>`. */
type Operator = (c: Cursor) => PipeOperator

/** `(|> operator |> operator)`; the parentheses may be empty. */
export function parseSubpipeline(c: Cursor, operator: Operator): Subpipeline {
  c.expect('(')
  const { start } = c
  const operators: PipeOperator[] = []
  while (c.take('|>')) operators.push(c.nested(operator))
  const at = c.span(start)
  c.expect(')')
  return { kind: 'Subpipeline', operators, at }
}

/** FORK has one branch or more, TEE any number of them, and LOG one at most. */
export function parseFork(c: Cursor, start: number, operator: Operator): PipeFork {
  const word = c.expectAny(['FORK', 'TEE', 'LOG'])
  const hint = parseHint(c)
  const branches = word === 'FORK' || c.is('(') ? [parseSubpipeline(c, operator)] : []
  if (word !== 'LOG' && branches.length > 0)
    while (c.take(',') && !endsPipeList(c)) branches.push(parseSubpipeline(c, operator))
  return withHint({ kind: 'PipeFork', word, branches, at: c.span(start) }, hint)
}

export function parsePipeIf(c: Cursor, start: number, operator: Operator): PipeIf {
  c.expect('IF')
  const hint = parseHint(c)
  const cases = [parseCase(c, operator)]
  while (c.take('ELSEIF')) cases.push(parseCase(c, operator))
  const otherwise = c.take('ELSE') ? parseSubpipeline(c, operator) : undefined
  return withHint({ kind: 'PipeIf', cases, otherwise, at: c.span(start) }, hint)
}

function parseCase(c: Cursor, operator: Operator): PipeIfCase {
  const { start } = c
  const condition = c.expression()
  c.expect('THEN')
  return { kind: 'PipeIfCase', condition, branch: parseSubpipeline(c, operator), at: c.span(start) }
}

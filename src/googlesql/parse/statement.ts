import type { Statement } from '../ast/statement.ts'
import type { TokenText } from '../lex/tokens.ts'
import { parseAlter } from './alter.ts'
import { parseBlock } from './block.ts'
import {
  parseCaseStatement,
  parseForIn,
  parseIf,
  parseLabelled,
  parseLoop,
  parseRepeat,
  parseWhile,
} from './control-flow.ts'
import { parseCreate } from './create.ts'
import type { Cursor } from './cursor.ts'
import { parseDelete, parseInsert, parseTruncate, parseUpdate } from './dml.ts'
import { parseDrop, parseUndrop } from './drop.ts'
import { parseAssert, parseCall, parseExecuteImmediate } from './execution.ts'
import { parseGrant, parseRevoke } from './grant.ts'
import { readHint, startsHint } from './hints.ts'
import { startsQuery } from './lookahead.ts'
import { parseMerge } from './merge.ts'
import { parseExport, parseLoadData } from './movement.ts'
import {
  beginsTransaction,
  parseBeginTransaction,
  parseCommit,
  parseRollback,
  parseSetTransaction,
} from './transactions.ts'
import { parseBreak, parseContinue, parseDeclare, parseRaise, parseReturn, parseSet } from './variables.ts'

/** What each first word begins. */
const parsers: Partial<Record<TokenText, (c: Cursor) => Statement>> = {
  INSERT: parseInsert,
  UPDATE: parseUpdate,
  DELETE: parseDelete,
  MERGE: parseMerge,
  TRUNCATE: parseTruncate,
  CREATE: parseCreate,
  ALTER: parseAlter,
  DROP: parseDrop,
  UNDROP: parseUndrop,
  GRANT: parseGrant,
  REVOKE: parseRevoke,
  EXPORT: parseExport,
  LOAD: parseLoadData,
  CALL: parseCall,
  EXECUTE: parseExecuteImmediate,
  ASSERT: parseAssert,
  DECLARE: parseDeclare,
  SET: c => (c.isAt(1, 'TRANSACTION') && !c.isAt(2, '=') ? parseSetTransaction(c) : parseSet(c)),
  BEGIN: c => (beginsTransaction(c) ? parseBeginTransaction(c) : parseBlock(c, undefined)),
  IF: parseIf,
  CASE: parseCaseStatement,
  LOOP: parseLoop,
  WHILE: parseWhile,
  REPEAT: parseRepeat,
  FOR: parseForIn,
  BREAK: parseBreak,
  LEAVE: parseBreak,
  CONTINUE: parseContinue,
  ITERATE: parseContinue,
  RETURN: parseReturn,
  RAISE: parseRaise,
  START: parseBeginTransaction,
  COMMIT: parseCommit,
  ROLLBACK: parseRollback,
}

export function parseOneStatement(c: Cursor): Statement {
  const { start } = c
  if (startsHint(c))
    return { kind: 'HintedStatement', hint: readHint(c), statement: parseHintable(c), at: c.span(start) }
  return parseUnhinted(c)
}

/** What steers a script takes no hint. */
const unhintable: readonly Statement['kind'][] = [
  ...(['Declare', 'Block', 'If', 'CaseStatement', 'Loop', 'While', 'Repeat', 'ForIn'] as const),
  ...(['Break', 'Continue', 'Return', 'Raise'] as const),
]

function parseHintable(c: Cursor): Statement {
  const { start } = c
  const statement = parseUnhinted(c)
  if (!unhintable.includes(statement.kind)) return statement
  throw c.failureAt(start, 'a statement that takes a hint', 'a statement of a script')
}

function parseUnhinted(c: Cursor): Statement {
  const { start } = c
  if (startsQuery(c) || c.is('(')) return { kind: 'QueryStatement', query: c.query(), at: c.span(start) }
  if (c.isIdentifier() && c.isAt(1, ':')) return parseLabelled(c)
  const parser = parsers[c.text]
  if (parser === undefined) throw c.failure('a statement')
  return parser(c)
}

import type {
  BeginTransaction,
  CommitTransaction,
  RollbackTransaction,
  SetTransaction,
  TransactionMode,
} from '../ast/movement.ts'
import { tokenType } from '../lex/tokens.ts'
import type { Cursor } from './cursor.ts'
import { isWord } from './plain-words.ts'

/** Whether BEGIN opens a transaction and not a block: nothing, TRANSACTION or a mode follows it. */
export function beginsTransaction(c: Cursor): boolean {
  return c.isAt(1, 'TRANSACTION') || endsStatement(c, 1) || startsMode(c, 1)
}

function endsStatement(c: Cursor, ahead: number): boolean {
  return c.isAt(ahead, ';') || c.typeAt(ahead) === tokenType.end
}

function startsMode(c: Cursor, ahead: number): boolean {
  if (c.isAt(ahead, 'READ')) return c.isAt(ahead + 1, 'WRITE') || c.isAt(ahead + 1, 'ONLY')
  return isWord(c, 'ISOLATION', ahead) && isWord(c, 'LEVEL', ahead + 1)
}

/** `BEGIN [TRANSACTION] [mode, …]`, or with START in place of BEGIN. */
export function parseBeginTransaction(c: Cursor): BeginTransaction {
  const { start } = c
  if (c.expectAny(['BEGIN', 'START']) === 'START') c.expect('TRANSACTION')
  else c.take('TRANSACTION')
  const modes = endsStatement(c, 0) ? [] : c.list(parseMode)
  return { kind: 'BeginTransaction', modes, at: c.span(start) }
}

export function parseSetTransaction(c: Cursor): SetTransaction {
  const { start } = c
  c.expectAll('SET', 'TRANSACTION')
  return { kind: 'SetTransaction', modes: c.list(parseMode), at: c.span(start) }
}

/** `READ ONLY`, `READ WRITE`, or `ISOLATION LEVEL` with one word or two. */
function parseMode(c: Cursor): TransactionMode {
  const { start } = c
  if (!startsMode(c, 0)) throw c.failure('READ ONLY or READ WRITE or ISOLATION LEVEL')
  if (c.take('READ')) {
    const mode = c.expectAny(['ONLY', 'WRITE']) === 'ONLY' ? 'READ ONLY' : 'READ WRITE'
    return { kind: 'TransactionMode', mode, level: [], at: c.span(start) }
  }
  c.advance()
  c.advance()
  const first = c.identifier('a level')
  const level = c.isIdentifier() ? [first, c.identifier()] : [first]
  return { kind: 'TransactionMode', mode: 'ISOLATION LEVEL', level, at: c.span(start) }
}

export function parseCommit(c: Cursor): CommitTransaction {
  const { start } = c
  c.expect('COMMIT')
  c.take('TRANSACTION')
  return { kind: 'CommitTransaction', at: c.span(start) }
}

export function parseRollback(c: Cursor): RollbackTransaction {
  const { start } = c
  c.expect('ROLLBACK')
  c.take('TRANSACTION')
  return { kind: 'RollbackTransaction', at: c.span(start) }
}

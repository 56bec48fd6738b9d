import type { Expression } from '../../googlesql/ast/expression.ts'
import type { Block, CaseStatement, If, Script } from '../../googlesql/ast/script.ts'
import type { Statement } from '../../googlesql/ast/statement.ts'
import type { CatalogSnapshot } from '../../model/catalog.ts'
import { Failure } from '../../model/failure.ts'
import type { QueryParameter } from '../../model/parameter.ts'
import { readExpressionPart, readStatementPart } from '../part.ts'
import type { NameDefaults } from '../table-name.ts'
import { readCall } from './call.ts'
import { define, pinned, refuseChanged, refuseConditional } from './define.ts'
import { readDynamic } from './dynamic-sql.ts'
import { type LoopStatement, readForIn, readLoop } from './loops.ts'
import { makeProcedure } from './make-procedure.ts'
import { conditionally, openPart, openState, type ScriptState } from './state.ts'
import { declare, setVariables, withOwnVariables } from './variables.ts'

/** Reads a script in the order of its text: every query and expression in it by itself, and what each leaves to the next. */
export function readScript(
  { statements }: Script,
  snapshot: CatalogSnapshot,
  defaults: NameDefaults,
  parameters: readonly QueryParameter[],
): ScriptState {
  const state = openState(snapshot, defaults, parameters)
  readAll(statements, state)
  return state
}

/** The second reader reads each part, and a request does not wait for ever. */
const maxParts = 1_000

function readAll(statements: readonly Statement[], state: ScriptState): void {
  for (const statement of statements) {
    readOne(statement, state)
    if (state.parts.length <= maxParts) continue
    throw new Failure('cannot_govern', {
      detail: `The script has more than ${maxParts} statements and expressions.`,
      next: 'Send it in pieces.',
    })
  }
}

function readOne(statement: Statement, state: ScriptState): void {
  switch (statement.kind) {
    case 'Declare':
      declare(statement, state)
      return
    case 'SetVariable':
      setVariables(statement, state)
      return
    case 'Block':
      readBlock(statement, state)
      return
    case 'If':
    case 'CaseStatement':
      readBranches(statement, state)
      return
    case 'Loop':
    case 'While':
    case 'Repeat':
      readLoop(state, () => readRound(statement, state))
      return
    case 'ForIn':
      readLoop(state, () => readForIn(statement, state, () => readAll(statement.statements, state)))
      return
    case 'Raise':
      if (statement.message !== undefined) readValue(statement.message, state, 'select')
      return
    case 'ExecuteImmediate':
      readDynamic(statement, state, readPlain)
      return
    case 'Call':
      readCall(statement, state, readBlock)
      return
    case 'CreateProcedure':
      refuseConditional(statement.kind, state)
      makeProcedure(statement, state, readAll)
      return
    case 'Break':
    case 'Continue':
    case 'Return':
    case 'BeginTransaction':
    case 'CommitTransaction':
    case 'RollbackTransaction':
      return
    default:
      readPlain(statement, state)
  }
}

/** A statement that could stand alone, and what it changes for those behind it. */
function readPlain(place: Statement, state: ScriptState, written = place): ReturnType<typeof readStatementPart> {
  const env = openPart(state, written)
  const read = readStatementPart(place, env, pinned(written, state))
  refuseChanged(read.part, state)
  state.parts.push(read.part)
  define(written, read, env, state)
  return read
}

function readValue(expression: Expression, state: ScriptState, use: 'select' | 'filter'): void {
  state.parts.push(readExpressionPart(expression, openPart(state), use).part)
}

/** What stands behind a statement that may fail, or that may leave the block, may be left out. */
function readBlock({ label, statements, handler }: Block, state: ScriptState): void {
  const read = () => withOwnVariables(state, () => readAll(statements, state))
  if (handler === undefined && label === undefined) {
    read()
    return
  }
  conditionally(state, () => {
    read()
    if (handler !== undefined) withOwnVariables(state, () => readAll(handler.statements, state))
  })
}

function readBranches(statement: If | CaseStatement, state: ScriptState): void {
  if (statement.kind === 'CaseStatement' && statement.operand !== undefined)
    readValue(statement.operand, state, 'filter')
  for (const { when } of statement.branches) readValue(when, state, 'filter')
  conditionally(state, () => {
    for (const branch of [...statement.branches, ...(statement.otherwise === undefined ? [] : [statement.otherwise])])
      withOwnVariables(state, () => readAll(branch.statements, state))
  })
}

function readRound(loop: Exclude<LoopStatement, { readonly kind: 'ForIn' }>, state: ScriptState): void {
  if (loop.kind === 'While') readValue(loop.condition, state, 'filter')
  withOwnVariables(state, () => readAll(loop.statements, state))
  if (loop.kind === 'Repeat') readValue(loop.until, state, 'filter')
}

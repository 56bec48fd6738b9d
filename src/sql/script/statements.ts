import type { Statement } from '../../googlesql/ast/statement.ts'
import { isServed } from '../statement/read-statement.ts'
import { dynamicStatement } from './dynamic-sql.ts'

/** Whether a text is more than one statement that could be judged alone. */
export function isScript([only, second]: readonly Statement[]): boolean {
  return only === undefined || second !== undefined || !isServed(only)
}

/** Statements with all that stand inside of them, in the order of the text. */
export function withNested(statements: readonly Statement[]): readonly Statement[] {
  return statements.flatMap(statement => [statement, ...withNested(within(statement))])
}

function within(statement: Statement): readonly Statement[] {
  switch (statement.kind) {
    case 'Block':
      return [...statement.statements, ...(statement.handler?.statements ?? [])]
    case 'If':
    case 'CaseStatement':
      return [...statement.branches, ...(statement.otherwise === undefined ? [] : [statement.otherwise])].flatMap(
        branch => branch.statements,
      )
    case 'Loop':
    case 'While':
    case 'Repeat':
    case 'ForIn':
      return statement.statements
    default:
      return []
  }
}

/** The first statement of a text that cannot be judged; undefined where all of them can. */
export function unservedIn(statements: readonly Statement[]): Statement | undefined {
  for (const statement of statements) {
    const found = isJudged(statement) ? unservedIn(within(statement)) : statement
    if (found !== undefined) return found
  }
  return undefined
}

function isJudged(statement: Statement): boolean {
  switch (statement.kind) {
    case 'SetVariable':
      return statement.targets.every(({ kind }) => kind === 'Identifier')
    case 'ExecuteImmediate': {
      const inner = dynamicStatement(statement)
      return inner !== undefined && isServed(inner)
    }
    case 'Declare':
    case 'Block':
    case 'If':
    case 'CaseStatement':
    case 'Loop':
    case 'While':
    case 'Repeat':
    case 'ForIn':
    case 'Break':
    case 'Continue':
    case 'Return':
    case 'Raise':
    case 'BeginTransaction':
    case 'CommitTransaction':
    case 'RollbackTransaction':
      return true
    case 'Call':
      return true
    case 'CreateProcedure':
      return statement.scope === undefined && statement.body?.kind === 'Block' && statement.connection === undefined
    case 'CreateFunction':
      return statement.scope === 'TEMP' || isServed(statement)
    default:
      return isServed(statement)
  }
}

/** The statement whose rows the client gets; undefined where only the run can tell. */
export function answering(statements: readonly Statement[]): Statement | undefined {
  const last = statements.at(-1)
  if (last?.kind !== 'Block') return last
  return last.label === undefined && last.handler === undefined ? answering(last.statements) : undefined
}

import { eachOnce } from '../../base/each-once.ts'
import type { Path } from '../../googlesql/ast/name.ts'
import type { Statement } from '../../googlesql/ast/statement.ts'
import type { StatementKind } from '../../model/statement.ts'
import type { Part } from '../part.ts'
import { temporaryName } from '../resolve/temporary-table.ts'
import { kindOf } from '../statement-kind.ts'
import { dynamicStatement } from './dynamic-sql.ts'
import { withNested } from './statements.ts'

/** What the statements of a script do, each kind once: policy must grant every one. What only changes the script's own tables is none of them. */
export function kindsIn(statements: readonly Statement[], parts: readonly Part[]): readonly StatementKind[] {
  const byPlace = new Map(parts.map(part => [part.place, part]))
  return unique(
    withNested(statements).flatMap(statement => {
      const part = byPlace.get(statement)
      return part !== undefined && changesOwnOnly(part) ? [] : [kindOf(written(statement))]
    }),
  )
}

/** The same as far as the text alone tells it. */
export function kindsOfText(statements: readonly Statement[]): readonly StatementKind[] {
  const temporary = new Set<string>()
  return unique(
    withNested(statements).flatMap(statement => {
      const { isMade, target } = changedBy(statement)
      const name = (target && temporaryName(target)) ?? ''
      if (isMade) temporary.add(name)
      return temporary.has(name) ? [] : [kindOf(written(statement))]
    }),
  )
}

function changesOwnOnly({ named }: Part): boolean {
  const changed = named.filter(({ access }) => access !== 'read' && access !== 'metadata')
  return changed.length > 0 && changed.every(({ isTemporary }) => isTemporary)
}

function changedBy(statement: Statement): { readonly target?: Path; readonly isMade: boolean } {
  switch (statement.kind) {
    case 'CreateTable':
      return statement.scope === 'TEMP' ? { target: statement.name, isMade: true } : { isMade: false }
    case 'Insert':
    case 'Update':
    case 'Delete':
    case 'Merge':
    case 'Truncate':
      return { target: statement.target, isMade: false }
    case 'Drop':
      return statement.object === 'TABLE' ? { target: statement.name, isMade: false } : { isMade: false }
    default:
      return { isMade: false }
  }
}

function written(statement: Statement): Statement {
  return (statement.kind === 'ExecuteImmediate' ? dynamicStatement(statement) : undefined) ?? statement
}

function unique(kinds: readonly StatementKind[]): readonly StatementKind[] {
  return eachOnce(kinds, kind => `${kind.kind} ${kind.class}`)
}

import type { Script } from '../googlesql/ast/script.ts'
import type { Statement } from '../googlesql/ast/statement.ts'
import type { CatalogSnapshot } from '../model/catalog.ts'
import type { QueryParameter } from '../model/parameter.ts'
import type { OutputColumn } from '../model/statement.ts'
import type { Account } from './facts/account.ts'
import { newContext } from './new-context.ts'
import { type Part, readStatementPart } from './part.ts'
import { expanded } from './script/expanded.ts'
import { readScript } from './script/read-script.ts'
import { answering, isScript } from './script/statements.ts'
import type { NameDefaults } from './table-name.ts'

/** All that was found in a text. */
export type ReadText = {
  /** The text, with the statements of procedures in the place of their calls. */
  readonly tree: Script
  readonly parts: readonly Part[]
  readonly accounts: readonly Account[]
  /** The columns of the answer; none where only the run can tell. */
  readonly outputs: readonly OutputColumn[]
}

/** Reads a text whose statements are all served; its parameters have names. */
export function readText(
  tree: Script,
  snapshot: CatalogSnapshot,
  defaults: NameDefaults,
  parameters: readonly QueryParameter[],
): ReadText {
  const [only] = tree.statements
  if (only !== undefined && !isScript(tree.statements))
    return { tree, ...readAlone(only, snapshot, defaults, parameters) }
  const state = readScript(tree, snapshot, defaults, parameters)
  const { parts, accounts } = state
  const whole = expanded(tree, state)
  const last = answering(whole.statements)
  const answer = parts.find(({ place, tree: read }) => place === last && read.kind === 'QueryStatement')
  return { tree: whole, parts, accounts, outputs: answer?.outputs ?? [] }
}

function readAlone(
  statement: Statement,
  snapshot: CatalogSnapshot,
  defaults: NameDefaults,
  parameters: readonly QueryParameter[],
): Omit<ReadText, 'tree'> {
  const context = newContext(snapshot, parameters)
  const { part } = readStatementPart(statement, {
    ...{ context, defaults, commonTables: undefined, outer: undefined, variables: [] },
  })
  // The rows of an export go to its files, and the client gets none.
  const outputs = statement.kind === 'ExportData' ? [] : part.outputs
  return { parts: [part], accounts: [{ context, statement }], outputs }
}

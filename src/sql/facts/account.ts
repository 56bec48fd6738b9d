import type { Statement } from '../../googlesql/ast/statement.ts'
import type { Access, Feature, FileAccess, FunctionClass, StatementFacts, TableAccess } from '../../model/statement.ts'
import type { Context } from '../resolve/context.ts'
import { filesOf } from './files.ts'
import { describeTables, mergeTables } from './tables.ts'

/** What was found in a part of a text; without a statement it is a part of one. */
export type Account = { readonly context: Context; readonly statement?: Statement }

const read: readonly Access[] = ['read']
const exported: readonly Access[] = ['read', 'export']

/** All that a text reads, changes and uses, whichever of its parts does. */
export function describeAccounts(
  accounts: readonly Account[],
): Pick<StatementFacts, 'tables' | 'functions' | 'features' | 'files'> {
  const tables: TableAccess[] = []
  const functions = new Map<string, FunctionClass>()
  const features = new Set<Feature>()
  const files: FileAccess[] = []
  for (const { context, statement } of accounts) {
    tables.push(...describeTables(context, statement?.kind === 'ExportData' ? exported : read))
    for (const [name, functionClass] of context.functions) functions.set(name, functionClass)
    for (const feature of context.features) features.add(feature)
    if (statement !== undefined) files.push(...filesOf(statement))
  }
  return {
    tables: mergeTables(tables),
    functions: [...functions].sort().map(([name, functionClass]) => ({ name, class: functionClass })),
    features: [...features].sort(),
    ...(files.length === 0 ? {} : { files }),
  }
}

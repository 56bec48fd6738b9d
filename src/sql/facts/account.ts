import type { Statement } from '../../googlesql/ast/statement.ts'
import type { StatementFacts } from '../../model/statement.ts'
import type { Context } from '../resolve/context.ts'
import { filesOf } from './files.ts'
import { describeTables, mergeTables } from './tables.ts'

/** What was found in a part of a text; without a statement it is a part of one. */
export type Account = { readonly context: Context; readonly statement?: Statement }

/** All that a text reads, changes and uses, whichever of its parts does. */
export function describeAccounts(
  accounts: readonly Account[],
): Pick<StatementFacts, 'tables' | 'functions' | 'features' | 'files'> {
  const tables = accounts.map(({ context, statement }) => {
    return describeTables(context, statement?.kind === 'ExportData' ? ['read', 'export'] : ['read'])
  })
  const functions = new Map(accounts.flatMap(({ context }) => [...context.functions]))
  const features = new Set(accounts.flatMap(({ context }) => [...context.features]))
  const files = accounts.flatMap(({ statement }) => (statement === undefined ? [] : filesOf(statement)))
  return {
    tables: mergeTables(tables.flat()),
    functions: [...functions].sort().map(([name, functionClass]) => ({ name, class: functionClass })),
    features: [...features].sort(),
    ...(files.length === 0 ? {} : { files }),
  }
}

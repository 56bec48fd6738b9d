import { synthetic as at } from '../../googlesql/ast/span.ts'
import type { TableExpression, TableReference } from '../../googlesql/ast/table.ts'
import type { PartTree } from '../part.ts'
import { identifier, query, select, subquery } from './build.ts'
import type { Hoist } from './plan-hoists.ts'

/**
 * UPDATE and MERGE have no WITH of their own, so an entry that they read directly is read in a subquery, which can have
 * one: `FROM _sl1 AS s` becomes `FROM (SELECT * FROM _sl1) AS s`.
 */
export function withSourcesInQueries(statement: PartTree, hoists: readonly Hoist[]): PartTree {
  const isEntry = ({ path: { parts } }: TableReference) =>
    parts.length === 1 && hoists.some(({ name }) => name === parts[0].text)
  if (statement.kind === 'Update' && statement.from !== undefined) {
    return { ...statement, from: wrap(statement.from, isEntry) }
  }
  return statement.kind === 'Merge' ? { ...statement, source: wrap(statement.source, isEntry) } : statement
}

function wrap(table: TableExpression, isEntry: (table: TableReference) => boolean): TableExpression {
  switch (table.kind) {
    case 'JoinChain':
      return {
        ...table,
        first: wrap(table.first, isEntry),
        joins: table.joins.map(join => ({ ...join, right: wrap(join.right, isEntry) })),
      }
    case 'ParenthesizedJoin': {
      const join = wrap(table.join, isEntry)
      return join.kind === 'JoinChain' ? { ...table, join } : table
    }
    case 'TableReference':
      return isEntry(table) ? asSubquery(table) : table
    default:
      return table
  }
}

/** Behind PIVOT and its like rows go by the name that these give them. */
function asSubquery(table: TableReference): TableExpression {
  const star = { kind: 'StarItem', target: undefined, except: [], replace: [], at } as const
  const made = table.postfix.filter(operator => operator.kind !== 'TableSample').at(-1)
  const from: TableReference = made === undefined ? { ...table, alias: undefined } : table
  const alias = made === undefined ? table.alias : made.alias
  return { ...subquery(query(select({ items: [star], from }))), alias: alias && identifier(alias.text) }
}

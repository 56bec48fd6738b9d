import type { Identifier } from '../../googlesql/ast/name.ts'
import { synthetic as at } from '../../googlesql/ast/span.ts'
import type { Statement } from '../../googlesql/ast/statement.ts'
import type { TableExpression, TableReference } from '../../googlesql/ast/table.ts'
import { identifier, query, select, subquery } from '../govern/build.ts'
import { impliedAlias, isWholePath, sameName } from '../table-name.ts'

/**
 * UPDATE and MERGE have no WITH of their own, so a table they read directly becomes a subquery, which can have one:
 * `FROM t AS s` is read as `FROM (SELECT * FROM t) AS s`.
 */
export function withSourcesInQueries(statement: Statement): Statement {
  if (statement.kind === 'Update' && statement.from !== undefined) {
    const own = statement.alias ?? statement.target.parts.at(-1)
    return { ...statement, from: wrap(statement.from, namesOf(statement.from, own)) }
  }
  if (statement.kind === 'Merge') {
    const own = statement.alias ?? statement.target.parts.at(-1)
    return { ...statement, source: wrap(statement.source, namesOf(statement.source, own)) }
  }
  return statement
}

function wrap(table: TableExpression, names: readonly string[]): TableExpression {
  switch (table.kind) {
    case 'JoinChain':
      return {
        ...table,
        first: wrap(table.first, names),
        joins: table.joins.map(join => ({ ...join, right: wrap(join.right, names) })),
      }
    case 'ParenthesizedJoin': {
      const join = wrap(table.join, names)
      return join.kind === 'JoinChain' ? { ...table, join } : table
    }
    case 'TableReference':
      return isArrayOf(table, names) ? table : asSubquery(table)
    default:
      return table
  }
}

function asSubquery(table: TableReference): TableExpression {
  const star = { kind: 'StarItem', target: undefined, except: [], replace: [], at } as const
  const made = table.postfix.filter(operator => operator.kind !== 'TableSample').at(-1)
  const from: TableReference = made === undefined ? { ...table, alias: undefined } : table
  const alias = made === undefined ? (table.alias ?? identifier(impliedAlias(table.path))) : made.alias
  return { ...subquery(query(select({ items: [star], from }))), alias }
}

/** A path that begins with another table's name is an array of that table. */
function isArrayOf({ path }: TableReference, names: readonly string[]): boolean {
  const [first, second] = path.parts
  return second !== undefined && !isWholePath(path) && names.some(name => sameName(name, first.text))
}

function namesOf(table: TableExpression, own: Identifier | undefined): readonly string[] {
  const outer = own === undefined ? [] : [own.text]
  switch (table.kind) {
    case 'JoinChain':
      return [table.first, ...table.joins.map(({ right }) => right)].flatMap(side => namesOf(side, own))
    case 'ParenthesizedJoin':
      return namesOf(table.join, own)
    case 'TableReference':
      return [...outer, table.alias?.text ?? impliedAlias(table.path)]
    default:
      return table.alias === undefined ? outer : [...outer, table.alias.text]
  }
}

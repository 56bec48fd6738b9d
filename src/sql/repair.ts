import type { Expression } from '../googlesql/ast/expression.ts'
import type { Node } from '../googlesql/ast/node.ts'
import type { Query, Select, SelectItem } from '../googlesql/ast/query.ts'
import type { TableExpression } from '../googlesql/ast/table.ts'
import { print } from '../googlesql/print/print.ts'
import { nodesOf } from '../googlesql/walk.ts'
import { Failure } from '../model/failure.ts'
import { type TableId, tableId } from '../model/table-ref.ts'
import type { Draft } from './analyze.ts'
import { and, identifier } from './govern/build.ts'
import { completeName, impliedAlias, type NameDefaults } from './table-name.ts'

/** What a policy objects to: whole tables, and columns by name in lower case. */
export type Objections = { readonly tables: ReadonlySet<TableId>; readonly columns: ReadonlySet<string> }

/**
 * The query with the joins and columns left out that policy objects to; undefined where that leaves no query. It looks at the
 * text alone, so that a table that does not exist is left out just as one that is closed.
 */
export function withoutObjections(
  { script }: Draft,
  objections: Objections,
  defaults: NameDefaults,
): string | undefined {
  const [only, second] = script.statements
  if (second !== undefined || only?.kind !== 'QueryStatement' || only.query.body.kind !== 'Select') return undefined
  const { query } = only
  const kept = keepTables(only.query.body, objections, defaults)
  if (kept === undefined) return undefined
  const select = keepColumns(kept.select, { ...objections, aliases: kept.aliases })
  if (select === undefined) return undefined
  const orderBy = query.orderBy.filter(({ value }) => isFree(value, { ...objections, aliases: kept.aliases }))
  const repaired: Query = { ...query, body: select, orderBy }
  return print(repaired)
}

type Kept = { readonly select: Select; readonly aliases: ReadonlySet<string> }
type Unwanted = Objections & { readonly aliases: ReadonlySet<string> }

/** Only a table that was joined to another can be left out. */
function keepTables(select: Select, { tables }: Objections, defaults: NameDefaults): Kept | undefined {
  const { from } = select
  if (from === undefined || tables.size === 0) return { select, aliases: new Set() }
  if (from.kind !== 'JoinChain' || isUnwanted(from.first, tables, defaults)) return undefined
  const gone = from.joins.filter(({ right }) => isUnwanted(right, tables, defaults))
  const joins = from.joins.filter(join => !gone.includes(join))
  const aliases = new Set(gone.map(({ right }) => aliasOf(right).toLowerCase()))
  if (joins.some(({ on }) => on !== undefined && !isFree(on, { tables, columns: new Set(), aliases }))) return undefined
  return { select: { ...select, from: joins.length === 0 ? from.first : { ...from, joins } }, aliases }
}

function isUnwanted(table: TableExpression, tables: ReadonlySet<TableId>, defaults: NameDefaults): boolean {
  if (table.kind !== 'TableReference') return false
  try {
    return tables.has(tableId(completeName(table.path, defaults)))
  } catch (thrown) {
    if (thrown instanceof Failure) return false
    throw thrown
  }
}

function aliasOf(table: TableExpression): string {
  return table.kind === 'TableReference' ? (table.alias?.text ?? impliedAlias(table.path)) : ''
}

function keepColumns(select: Select, unwanted: Unwanted): Select | undefined {
  const items = select.items.flatMap(item => keepItem(item, unwanted))
  if (items.length === 0) return undefined
  const free = (value: Expression | undefined) => (value !== undefined && isFree(value, unwanted) ? value : undefined)
  const keys = select.groupBy?.items.filter(item => isFree(item, unwanted)) ?? []
  return {
    ...select,
    items,
    where: keepConditions(select.where, unwanted),
    groupBy:
      select.groupBy === undefined || (keys.length === 0 && !select.groupBy.all)
        ? undefined
        : { ...select.groupBy, items: keys },
    having: free(select.having),
    qualify: free(select.qualify),
  }
}

function keepItem(item: SelectItem, unwanted: Unwanted): readonly SelectItem[] {
  if (!isFree(item, unwanted)) return []
  if (item.kind !== 'StarItem' || unwanted.columns.size === 0) return [item]
  const known = new Set(item.except.map(({ text }) => text.toLowerCase()))
  const more = [...unwanted.columns].filter(name => !known.has(name)).map(identifier)
  return [{ ...item, except: [...item.except, ...more] }]
}

function keepConditions(where: Expression | undefined, unwanted: Unwanted): Expression | undefined {
  if (where === undefined) return undefined
  const kept = (where.kind === 'And' ? where.operands : [where]).filter(part => isFree(part, unwanted))
  return kept.length === 0 ? undefined : and(kept)
}

/** Whether no name in it leads to what is not wanted. */
function isFree(node: Node, { columns, aliases }: Unwanted): boolean {
  return nodesOf(node, 'PathExpression').every(({ parts }) => {
    const names = parts.map(({ text }) => text.toLowerCase())
    return !aliases.has(names[0] ?? '') && !names.some(name => columns.has(name))
  })
}

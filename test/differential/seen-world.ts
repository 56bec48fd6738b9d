import type { CatalogTable } from '../../src/model/catalog.ts'
import { type TableId, tableId } from '../../src/model/table-ref.ts'
import type { Rows } from '../../src/verification/oracle.ts'
import type { Protections } from './decisions.ts'
import type { Database, Evaluator } from './evaluator.ts'
import { passes } from './filter-row.ts'
import { maskCell } from './mask-cell.ts'
import { dataset, project, type World } from './world.ts'

export const wildcard = `${project}.${dataset}.events_*`

/** The world's rows as somebody under these masks and filters has them, views and wildcards included. */
export function seenWorld(world: World, protections: Protections, evaluator: Evaluator): Database {
  const seen = new Map<TableId, Rows>()
  for (const table of world.tables) {
    if (table.viewQuery === undefined) seen.set(tableId(table.ref), seenRows(table, world.rows, protections))
  }
  for (const view of world.tables) {
    if (view.viewQuery === undefined) continue
    const yielded = new Map([[tableId(view.ref), rowsOfView(view.viewQuery, world, seen, evaluator)]])
    seen.set(tableId(view.ref), seenRows(view, yielded, protections))
  }
  return openDatabase(world, seen, evaluator, protections)
}

/** The world as it is: what governed text runs over. */
export function wholeWorld(world: World, evaluator: Evaluator): Database {
  return openDatabase(world, world.rows, evaluator, { masks: new Map(), rowFilters: new Map() })
}

/** The world with the wildcard as one more table, for policies and queries to name. */
export function withWildcard(world: World): World {
  const { table, rows } = wildcardTable(world)
  return { tables: [...world.tables, table], rows: new Map([...world.rows, [wildcard, rows]]) }
}

function openDatabase(
  world: World,
  rows: ReadonlyMap<TableId, Rows>,
  evaluator: Evaluator,
  protections: Protections,
): Database {
  const { table, rows: all } = wildcardTable(world)
  const own = seenRows(table, new Map([[wildcard, all]]), withShards(world, protections))
  return evaluator.open([...world.tables, table], new Map([...rows, [wildcard, own]]))
}

function rowsOfView(query: string, world: World, rows: ReadonlyMap<TableId, Rows>, evaluator: Evaluator): Rows {
  const database = evaluator.open(world.tables, rows)
  const answer = database.evaluate(query)
  database.close()
  if (answer.state === 'error') throw new Error(`a view cannot be evaluated: ${answer.message}`)
  return answer.rows
}

function seenRows(table: CatalogTable, rows: ReadonlyMap<TableId, Rows>, { masks, rowFilters }: Protections): Rows {
  const id = tableId(table.ref)
  const own = masks.get(id) ?? new Map()
  const filters = rowFilters.get(id) ?? []
  const columns = [...table.columns, ...table.pseudoColumns]
  return (rows.get(id) ?? [])
    .filter(row => filters.every(({ condition }) => passes(condition, table, row)))
    .map(row => columns.map(({ name, type }, at) => maskCell(row[at] ?? null, name, type, own)))
}

/** What is on the shards is on the wildcard too; where they differ so that it could not be, the query is refused. */
function withShards({ tables }: World, { masks, rowFilters }: Protections): Protections {
  const names = [wildcard, ...matchesOf(tables).map(({ ref }) => tableId(ref))]
  const allMasks = new Map(names.flatMap(name => [...(masks.get(name) ?? [])]))
  const filters = names.map(name => rowFilters.get(name)).find(found => found !== undefined) ?? []
  return { masks: new Map([[wildcard, allMasks]]), rowFilters: new Map([[wildcard, filters]]) }
}

function matchesOf(tables: World['tables']): readonly CatalogTable[] {
  return tables.filter(({ ref }) => tableId(ref).startsWith(wildcard.slice(0, -1)))
}

/** To the evaluator a wildcard is a table of its own: all rows of what it matches, and the rest of each name. */
function wildcardTable({ tables, rows }: World): { readonly table: CatalogTable; readonly rows: Rows } {
  const prefix = wildcard.slice(0, -1)
  const matches = matchesOf(tables)
  const [first] = matches
  if (first === undefined) throw new Error('the world has no table that the wildcard matches')
  const suffix = { name: '_TABLE_SUFFIX', type: { kind: 'scalar', name: 'STRING' }, tags: {} } as const
  return {
    table: { ...first, ref: { project, dataset, table: 'events_*' }, pseudoColumns: [suffix] },
    rows: matches.flatMap(({ ref }) => {
      return (rows.get(tableId(ref)) ?? []).map(row => [...row, tableId(ref).slice(prefix.length)])
    }),
  }
}

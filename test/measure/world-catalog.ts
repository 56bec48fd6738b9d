import { readFile } from 'node:fs/promises'
import { parseStatement } from '../../src/googlesql/parse/parse.ts'
import { nodesOf } from '../../src/googlesql/walk.ts'
import type { CatalogColumn, CatalogRoutine, CatalogSnapshot, CatalogTable, Wanted } from '../../src/model/catalog.ts'
import { tableId } from '../../src/model/table-ref.ts'
import { writtenType } from '../../src/sql/resolve/literal-types.ts'
import type { Oracle } from '../../src/verification/oracle.ts'

type WorldFile = {
  readonly project: string
  readonly tables: Readonly<Record<string, { readonly schema?: string; readonly view?: string }>>
}

/** The tables and views of a world file, as the catalog would give them; a view's columns are what its query yields. */
export async function worldCatalog(path: string, oracle: Oracle): Promise<readonly CatalogTable[]> {
  const world: WorldFile = JSON.parse(await readFile(path, 'utf8'))
  const entries = Object.entries(world.tables)
  const tables = entries.flatMap(([name, { schema }]) => {
    return schema === undefined ? [] : [relation(world.project, name, columnsOf(schema))]
  })
  const views = entries.flatMap(([name, { view }]) => {
    if (view === undefined) return []
    const { outputs } = oracle.analyze(view, tables, { names: 'nested', defaultProject: world.project })
    const columns = outputs.flatMap(({ name, type }) => (type === undefined ? [] : [{ name, type, tags: {} }]))
    return [{ ...relation(world.project, name, columns), kind: 'view' as const, viewQuery: view }]
  })
  return [...tables, ...views]
}

function relation(project: string, name: string, columns: readonly CatalogColumn[]): CatalogTable {
  const [dataset = '', table = ''] = name.split('.')
  return { ref: { project, dataset, table }, kind: 'table', columns, etag: '1', labels: {}, pseudoColumns: [] }
}

/** `a INT64, b ARRAY<STRING>` */
export function columnsOf(schema: string): readonly CatalogColumn[] {
  const [written] = nodesOf(parseStatement(`SELECT CAST(NULL AS STRUCT<${schema}>)`), 'StructType')
  const type = written && writtenType(written)
  if (type?.kind !== 'struct') throw new Error(`not a schema: ${schema}`)
  return type.fields.map(field => ({ ...field, tags: {} }))
}

/** What the catalog answers, with every table and routine there is at hand. */
export function snapshotOf(
  wanted: Wanted,
  tables: readonly CatalogTable[],
  routines: readonly CatalogRoutine[] = [],
): CatalogSnapshot {
  const byId = new Map(tables.map(table => [tableId(table.ref), table]))
  return {
    tables: new Map(
      wanted.tables.map(ref => {
        const table = byId.get(tableId(ref))
        return [tableId(ref), table === undefined ? { state: 'missing', nearest: [] } : { state: 'found', table }]
      }),
    ),
    wildcards: new Map(
      wanted.wildcards.map(ref => {
        const prefix = tableId(ref).slice(0, -1)
        const matching = tables.filter(table => tableId(table.ref).startsWith(prefix))
        return [tableId(ref), matching.toReversed()]
      }),
    ),
    routines: new Map(
      wanted.routines.map(ref => {
        const routine = routines.find(known => tableId(known.ref) === tableId(ref))
        return [tableId(ref), routine === undefined ? { state: 'missing', nearest: [] } : { state: 'found', routine }]
      }),
    ),
  }
}

import { readFile } from 'node:fs/promises'
import { z } from 'zod'
import { nearestNames } from '../base/nearest-names.ts'
import type { CatalogPort } from '../gateway/ports.ts'
import { parseStatement } from '../googlesql/parse/parse.ts'
import { nodesOf } from '../googlesql/walk.ts'
import {
  type CatalogColumn,
  type CatalogEntry,
  type CatalogRoutine,
  type CatalogTable,
  type RoutineEntry,
  routineName,
} from '../model/catalog.ts'
import { type TableId, tableId } from '../model/table-ref.ts'
import { writtenType } from '../sql/resolve/literal-types.ts'
import { routineMadeBy } from '../sql/routine/made-routine.ts'
import { completeName } from '../sql/table-name.ts'

const worldFile = z.object({
  project: z.string().min(1),
  tables: z.record(
    z.string().regex(/^\w+\.\w+$/),
    z.union([z.object({ view: z.string() }), z.object({ schema: z.string() })]),
  ),
  routines: z.record(z.string(), z.string()).default({}),
})

/** What the query of a view yields, given the relations before it. */
export type ColumnsOfView = (
  query: string,
  project: string,
  tables: readonly CatalogTable[],
) => Promise<readonly CatalogColumn[]>

/** The relations and functions of a world file as a catalog has them, without a warehouse; views stand behind what they read. */
export async function readWorldTables(path: string, columnsOfView: ColumnsOfView) {
  const { project, tables, routines } = worldFile.parse(JSON.parse(await readFile(path, 'utf8')))
  let relations: readonly CatalogTable[] = []
  const viewsLast = Object.entries(tables).toSorted(([, left], [, right]) => +('view' in left) - +('view' in right))
  for (const [name, described] of viewsLast) {
    const [dataset = '', table = ''] = name.split('.')
    const common = { ref: { project, dataset, table }, etag: '1', labels: {}, pseudoColumns: [] }
    const relation: CatalogTable =
      'schema' in described
        ? { ...common, kind: 'table', columns: schemaColumns(described.schema) }
        : {
            ...common,
            ...{ kind: 'view', viewQuery: described.view },
            columns: await columnsOfView(described.view, project, relations),
          }
    relations = [...relations, relation]
  }
  return { project, relations, routines: Object.values(routines).map(text => routineOf(text, project)) }
}

function routineOf(definition: string, project: string): CatalogRoutine {
  const statement = parseStatement(definition)
  if (statement.kind !== 'CreateFunction' && statement.kind !== 'CreateTableFunction') {
    throw new Error(`This makes no function: ${definition}`)
  }
  return routineMadeBy(statement, completeName(statement.name, { project }))
}

/** `a INT64, b ARRAY<STRING>` */
function schemaColumns(schema: string): readonly CatalogColumn[] {
  const [written] = nodesOf(parseStatement(`SELECT CAST(NULL AS STRUCT<${schema}>)`), 'StructType')
  const type = written && writtenType(written)
  if (type?.kind !== 'struct') throw new Error(`This is no schema: ${schema}`)
  return type.fields.map(field => ({ ...field, tags: {} }))
}

/** Answers what an analysis asks of the catalog, from what is in memory. */
export function snapshotFrom(
  relations: readonly CatalogTable[],
  routines: readonly CatalogRoutine[],
): CatalogPort['snapshot'] {
  const byId = new Map<TableId, CatalogTable>(relations.map(table => [tableId(table.ref), table]))
  const entryOf = (id: TableId): CatalogEntry => {
    const table = byId.get(id)
    return table === undefined
      ? { state: 'missing', nearest: nearestNames(id, [...byId.keys()]) }
      : { state: 'found', table }
  }
  return async wanted => ({
    tables: new Map(wanted.tables.map(ref => [tableId(ref), entryOf(tableId(ref))])),
    wildcards: new Map(
      wanted.wildcards.map(ref => {
        const prefix = tableId(ref).slice(0, -1)
        const matching = [...byId].filter(([id]) => id.startsWith(prefix)).map(([, table]) => table)
        return [tableId(ref), matching.toSorted((left, right) => (left.ref.table < right.ref.table ? 1 : -1))]
      }),
    ),
    routines: new Map(wanted.routines.map(ref => [tableId(ref), routineEntry(tableId(ref), routines)])),
  })
}

function routineEntry(id: TableId, routines: readonly CatalogRoutine[]): RoutineEntry {
  const routine = routines.find(known => routineName(known) === id)
  if (routine !== undefined) return { state: 'found', routine }
  return { state: 'missing', nearest: nearestNames(id, routines.map(routineName)) }
}

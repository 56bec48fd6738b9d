import { readFile } from 'node:fs/promises'
import { parse } from 'yaml'
import { z } from 'zod'
import type { CatalogColumn } from '../model/catalog.ts'
import type { ColumnType } from '../model/column-type.ts'
import { Failure } from '../model/failure.ts'
import type { TableId } from '../model/table-ref.ts'

const columnTags = z.record(z.string(), z.array(z.string()))
const classificationFile = z.record(z.string().regex(/^[^.]+\.[^.]+\.[^.]+$/), columnTags)

/** Tags by table id and column path, beside those that BigQuery's policy tags give. */
export type Classifications = ReadonlyMap<TableId, z.infer<typeof columnTags>>

/** Reads `{ "project.dataset.table": { "column.path": ["tag"] } }`, as JSON or YAML. */
export async function readClassifications(path: string | undefined): Promise<Classifications> {
  if (path === undefined) return new Map()
  const content: unknown = parse(await readFile(path, 'utf8'))
  return new Map(Object.entries(classificationFile.parse(content)))
}

/** Column names have no case. A path that the table does not have would leave a column bare, so it stops the table. */
export function classify(
  table: TableId,
  columns: readonly CatalogColumn[],
  classifications: Classifications,
): readonly CatalogColumn[] {
  const unused = new Map(Object.entries(classifications.get(table) ?? {}))
  const classified = columns.map(column => {
    const known = new Map(pathsOf(column.name, column.type).map(path => [path.toLowerCase(), path]))
    const tags = { ...column.tags }
    for (const [given, extra] of unused) {
      const path = known.get(given.toLowerCase())
      if (path === undefined) continue
      tags[path] = [...new Set([...(tags[path] ?? []), ...extra])]
      unused.delete(given)
    }
    return { ...column, tags }
  })
  const [unknown] = unused.keys()
  if (unknown === undefined) return classified
  const cause = `the classifications name ${unknown}, which ${table} does not have`
  throw new Failure('catalog_unavailable', {}, { cause: new Error(cause) })
}

/** A column's own path and those of every field in it. */
function pathsOf(path: string, type: ColumnType): readonly string[] {
  switch (type.kind) {
    case 'scalar':
    case 'range':
      return [path]
    case 'array':
      return pathsOf(path, type.element)
    case 'struct':
      return [path, ...type.fields.flatMap(field => pathsOf(`${path}.${field.name}`, field.type))]
  }
}

import type { JsonObject } from '@bufbuild/protobuf'
import type { CatalogColumn, CatalogRoutine, CatalogTable } from '../model/catalog.ts'
import type { PartCatalog } from '../model/governed.ts'
import { tableId } from '../model/table-ref.ts'
import { missingFunctions } from './functions.ts'
import { routineProtos } from './routines.ts'
import { typeProto } from './types.ts'

/** The project and dataset that complete a name, where the text is a client's own. */
export type NameDefaults = { readonly defaultProject?: string; readonly defaultDataset?: string }

type Folder = { readonly tables: Map<string, CatalogTable>; readonly folders: Map<string, Folder> }

/** Governed text: each table under one identifier, `project.dataset.table`. A variable is a name whose value is not known. */
export function rootCatalog(
  tables: readonly CatalogTable[],
  { variables = [], routines = [] }: Partial<PartCatalog> = {},
): JsonObject {
  const table = tables.map(known => simpleTable(tableId(known.ref), known))
  const constant = variables.map(({ name, type }) => ({ namePath: [name], type: typeProto(type) }))
  return withFunctions({ table, constant }, routines)
}

/** Original text: every way in which BigQuery lets a path be quoted and shortened leads to the table. */
export function nestedCatalog(tables: readonly CatalogTable[], defaults: NameDefaults): JsonObject {
  const root = emptyFolder()
  for (const table of tables) for (const path of pathsTo(table, defaults)) put(root, path, table)
  return withFunctions(folderProto(root))
}

function withFunctions(catalog: JsonObject, routines: readonly CatalogRoutine[] = []): JsonObject {
  const { customFunction, customTvf } = routineProtos(routines)
  return { ...catalog, name: 'root', customFunction: [...missingFunctions, ...customFunction], customTvf }
}

function pathsTo(table: CatalogTable, defaults: NameDefaults): string[][] {
  const { project, dataset } = table.ref
  const name = table.ref.table.split('.')
  const isHome = project === defaults.defaultProject
  const full = [project, dataset, ...name]
  const paths = [full, ...(isHome ? [full.slice(1)] : [])]
  const shortest = isHome && dataset === defaults.defaultDataset ? [name] : []
  return [...paths, ...shortest].flatMap(quotings)
}

/** A path whose neighbours may stand inside one pair of backticks: `a.b`.c reads as two identifiers. */
function quotings(path: readonly string[]): string[][] {
  const [first, ...rest] = path
  if (first === undefined) return []
  if (rest.length === 0) return [[first]]
  return quotings(rest).flatMap(([next = '', ...others]) => [
    [first, next, ...others],
    [`${first}.${next}`, ...others],
  ])
}

function put(folder: Folder, path: readonly string[], table: CatalogTable): void {
  const [first, ...rest] = path
  if (first === undefined) return
  if (rest.length === 0) {
    folder.tables.set(first, table)
    return
  }
  const inner = folder.folders.get(first) ?? emptyFolder()
  folder.folders.set(first, inner)
  put(inner, rest, table)
}

function emptyFolder(): Folder {
  return { tables: new Map(), folders: new Map() }
}

function folderProto(folder: Folder): JsonObject {
  return {
    table: [...folder.tables].map(([name, table]) => simpleTable(name, table)),
    catalog: [...folder.folders].map(([name, inner]) => ({ name, ...folderProto(inner) })),
  }
}

function simpleTable(name: string, table: CatalogTable): JsonObject {
  const columns = table.columns.map(simpleColumn)
  const pseudo = table.pseudoColumns.map(column => ({ ...simpleColumn(column), isPseudoColumn: true }))
  return { name, fullName: tableId(table.ref), column: [...columns, ...pseudo] }
}

function simpleColumn(column: CatalogColumn): JsonObject {
  return { name: column.name, type: typeProto(column.type) }
}

import type { Alter } from '../../src/googlesql/ast/alteration.ts'
import type { CreateView } from '../../src/googlesql/ast/definition.ts'
import type { Path } from '../../src/googlesql/ast/name.ts'
import type { Statement } from '../../src/googlesql/ast/statement.ts'
import type { CreateTable } from '../../src/googlesql/ast/table-definition.ts'
import { parseScript } from '../../src/googlesql/parse/parse.ts'
import { print } from '../../src/googlesql/print/print.ts'
import type { CatalogColumn, CatalogTable, RelationKind } from '../../src/model/catalog.ts'
import { Failure } from '../../src/model/failure.ts'
import { tableId } from '../../src/model/table-ref.ts'
import { declaredColumns } from '../../src/sql/statement/declared-columns.ts'
import { completeName, pathParts } from '../../src/sql/table-name.ts'
import { home } from './recorded-cases.ts'
import { digest, understandText } from './understand-text.ts'

const defaults = { project: home.project, defaultDataset: home }

/** The tables and views that a script of DDL leaves behind, as far as their columns can be told from it. */
export function setupCatalog(setup: string): readonly CatalogTable[] {
  const made = new Map<string, CatalogTable>()
  for (const statement of parseScript(setup).statements) {
    const table = relationMade(statement, [...made.values()])
    if (statement.kind === 'Alter') rename(statement, made)
    if (table !== undefined) made.set(tableId(table.ref), table)
  }
  return [...made.values()]
}

function rename({ name, actions }: Alter, made: Map<string, CatalogTable>): void {
  const id = name && tableId(completeName(name, defaults))
  const table = made.get(id ?? '')
  for (const action of actions) {
    if (action.kind !== 'RenameTo' || id === undefined || table === undefined) continue
    const ref = { ...table.ref, table: pathParts(action.name).at(-1) ?? '' }
    made.delete(id)
    made.set(tableId(ref), { ...table, ref })
  }
}

function relationMade(statement: Statement, known: readonly CatalogTable[]): CatalogTable | undefined {
  if (statement.kind === 'CreateTable') {
    const columns = tableColumns(statement, known)
    const pseudoColumns = isPartitionedByIngestion(statement) ? ingestionColumns : []
    return columns && { ...relation(statement.name, columns), pseudoColumns }
  }
  if (statement.kind !== 'CreateView' || statement.source.kind !== 'Query') return undefined
  const viewQuery = print(statement.source)
  const columns = queryColumns(viewQuery, known)
  return columns && { ...relation(statement.name, columns), kind: viewKind(statement), viewQuery }
}

function viewKind({ form }: CreateView): RelationKind {
  return form === 'MATERIALIZED' ? 'materialized_view' : 'view'
}

const ingestionColumns: readonly CatalogColumn[] = [
  { name: '_PARTITIONTIME', type: { kind: 'scalar', name: 'TIMESTAMP' }, tags: {} },
  { name: '_PARTITIONDATE', type: { kind: 'scalar', name: 'DATE' }, tags: {} },
]

function isPartitionedByIngestion({ partitionBy }: CreateTable): boolean {
  return partitionBy.some(expression => /_PARTITION(TIME|DATE)/i.test(print(expression)))
}

function relation(name: Path, columns: readonly CatalogColumn[]): CatalogTable {
  const ref = completeName(name, defaults)
  // Tables of several cases have one name, and readers believe an etag.
  return { ref, kind: 'table', columns, etag: digest(JSON.stringify(columns)), labels: {}, pseudoColumns: [] }
}

function tableColumns(
  { elements, query, like, clone, copy }: CreateTable,
  known: readonly CatalogTable[],
): readonly CatalogColumn[] | undefined {
  if (elements !== undefined) {
    return declaredColumns(elements).flatMap(({ name, type }) => (type === undefined ? [] : [{ name, type, tags: {} }]))
  }
  if (query !== undefined) return queryColumns(print(query), known)
  const source = like ?? clone?.path ?? copy?.path
  if (source === undefined) return undefined
  const id = tableId(completeName(source, defaults))
  return known.find(table => tableId(table.ref) === id)?.columns
}

function queryColumns(sql: string, known: readonly CatalogTable[]): readonly CatalogColumn[] | undefined {
  const analyzed = understandText(sql, known, defaults)
  if (analyzed instanceof Failure) return undefined
  return analyzed.statement.outputs.flatMap(({ name, type }) => (type === undefined ? [] : [{ name, type, tags: {} }]))
}

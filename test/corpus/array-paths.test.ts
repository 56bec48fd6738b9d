import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { parseScript } from '../../src/googlesql/parse/parse.ts'
import type { CatalogTable } from '../../src/model/catalog.ts'
import type { ColumnType } from '../../src/model/column-type.ts'
import { tableId } from '../../src/model/table-ref.ts'
import { namedPaths } from '../../src/sql/named-tables.ts'
import { completeName } from '../../src/sql/table-name.ts'
import { googlesqlReferenceFiles } from '../../src/tools/googlesql-reference.ts'
import { openOracle } from '../../src/verification/oracle.ts'

const isAnalyzerHere = existsSync(googlesqlReferenceFiles().wasmPath)
if (!isAnalyzerHere) console.info("skipped: Google's analyzer is not in the tool cache; set-up fetches it")

// Datasets have the names of tables and of the aliases in the queries, so that each path may be a table or an array.
const integer: ColumnType = { kind: 'scalar', name: 'INT64' }
const inner: ColumnType = { kind: 'array', element: { kind: 'struct', fields: [{ name: 'x', type: integer }] } }
const fields = [
  { name: 'x', type: integer },
  { name: 'b', type: inner },
]
const items: ColumnType = { kind: 'array', element: { kind: 'struct', fields } }
const tables = [
  ...['t', 'u', 'a', 'b', 'c'].map(name => table('d', name, { k: integer, b: items })),
  ...['t', 'a', 'q', 'z'].map(dataset => table(dataset, 'b', { secret: integer })),
]
const defaults = { project: 'p', defaultDataset: { project: 'p', dataset: 'd' } }
const queries = readFileSync(join(import.meta.dirname, 'array-paths.sql'), 'utf8').trim().split('\n')

/** Read as a table where the analyzer finds an array: no table is hidden by that. */
const wider: readonly string[] = ['(from t a) |> where exists(select 1 from a.b)']

describe.skipIf(!isAnalyzerHere)('a path that may be a table or an array', async () => {
  const oracle = isAnalyzerHere ? await openOracle(googlesqlReferenceFiles()) : undefined

  test.each(queries)('%s', sql => {
    const names = { names: 'nested', defaultProject: 'p', defaultDataset: 'd' } as const
    const read = oracle?.analyze(sql, tables, names).scans.map(scan => scan.table)
    const named = namedPaths(parseScript(sql)).map(({ path }) => tableId(completeName(path, defaults)))
    if (wider.includes(sql)) expect(sorted(named)).toEqual(expect.arrayContaining([...sorted(read ?? [])]))
    else expect(sorted(named)).toEqual(sorted(read ?? []))
  })
})

function sorted(ids: readonly string[]): readonly string[] {
  return [...new Set(ids)].sort()
}

function table(dataset: string, name: string, columns: Readonly<Record<string, ColumnType>>): CatalogTable {
  return {
    ref: { project: 'p', dataset, table: name },
    kind: 'table',
    columns: Object.entries(columns).map(([column, type]) => ({ name: column, type, tags: {} })),
    etag: '',
    labels: {},
    pseudoColumns: [],
  }
}

import type { CatalogTable } from '../../src/model/catalog.ts'
import { Failure } from '../../src/model/failure.ts'
import type { ColumnAccess, Statement } from '../../src/model/statement.ts'
import type { TableId } from '../../src/model/table-ref.ts'
import type { Oracle } from '../../src/verification/oracle.ts'
import { AnalyzerRefusal } from '../../src/verification/reference.ts'
import type { Analysis } from '../../src/verification/resolved.ts'
import { understandText } from './understand-text.ts'

export type ColumnCase = { readonly id: string; readonly sql: string; readonly defaultDataset?: string }
export type ColumnVerdict = 'equal' | 'wider' | 'narrower'
export type ColumnFinding = { readonly id: string; readonly verdict: ColumnVerdict; readonly difference: string }

const project = 'acme-prod'

/** For every query that both readers understand and that reads a table: the columns of each table, ours and theirs. */
export async function compareColumns(
  cases: readonly ColumnCase[],
  tables: readonly CatalogTable[],
  open: () => Promise<Oracle>,
): Promise<readonly ColumnFinding[]> {
  const findings: ColumnFinding[] = []
  let oracle = await open()
  for (const { id, sql, defaultDataset } of cases) {
    const ours = understandText(sql, tables, defaultsOf(defaultDataset))
    if (ours instanceof Failure || ours.statement.tables.length === 0) continue
    const theirs = oracleReading(sql, tables, oracle, defaultDataset)
    if (theirs === 'broken') oracle = await open()
    else if (theirs !== undefined) findings.push({ id, ...compareReading(ours.statement, theirs) })
  }
  return findings
}

function defaultsOf(dataset: string | undefined) {
  return dataset === undefined ? { project } : { project, defaultDataset: { project, dataset } }
}

/** An analyzer that ran out of stack may not be asked again. */
function oracleReading(
  sql: string,
  tables: readonly CatalogTable[],
  oracle: Oracle,
  dataset: string | undefined,
): Analysis | 'broken' | undefined {
  const names = { names: 'nested', defaultProject: project } as const
  try {
    return oracle.analyze(sql, tables, dataset === undefined ? names : { ...names, defaultDataset: dataset })
  } catch (thrown) {
    if (thrown instanceof AnalyzerRefusal) return undefined
    if (thrown instanceof RangeError) return 'broken'
    throw thrown
  }
}

type Columns = ReadonlyMap<TableId, ReadonlySet<string>>

/** Top-level columns: those that reach the answer, and those that are named at all. */
type Ours = { readonly used: Columns; readonly named: Columns }

/** What is read through views alone is not compared: to the analyzer a view is a table. */
function ourColumns({ tables }: Statement, scanned: Columns): Ours {
  const compared = tables.filter(({ id, via }) => via.length === 0 || scanned.has(id))
  const columnsOf = (isWanted: (column: ColumnAccess) => boolean): Columns =>
    new Map(compared.map(({ id, columns }) => [id, new Set(columns.filter(isWanted).map(topLevel))]))
  return { used: columnsOf(({ uses }) => uses.length > 0), named: columnsOf(() => true) }
}

function topLevel({ name }: ColumnAccess): string {
  return name.split('.')[0] ?? name
}

function scannedColumns(scans: Analysis['scans']): Columns {
  const columns = new Map<TableId, Set<string>>()
  for (const scan of scans) {
    const known = columns.get(scan.table) ?? new Set()
    columns.set(scan.table, known)
    for (const column of scan.columns) known.add(column)
  }
  return columns
}

/** Narrower wins: one column that is missed makes the whole reading wrong. The analyzer scans what `*` names, used or not. */
export function compareReading(statement: Statement, { scans }: Analysis): Omit<ColumnFinding, 'id'> {
  const theirs = scannedColumns(scans)
  const ours = ourColumns(statement, theirs)
  const missed = difference(theirs, ours.named)
  if (missed.length > 0) return { verdict: 'narrower', difference: missed.join(', ') }
  const extra = difference(ours.used, theirs)
  return { verdict: extra.length > 0 ? 'wider' : 'equal', difference: extra.join(', ') }
}

function difference(from: Columns, without: Columns): readonly string[] {
  return [...from].flatMap(([id, columns]) => {
    const other = without.get(id)
    if (other === undefined) return [id]
    return [...columns].filter(column => !other.has(column)).map(column => `${id}.${column}`)
  })
}

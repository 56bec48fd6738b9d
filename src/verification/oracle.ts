import { type CatalogRoutine, type CatalogTable, routineName } from '../model/catalog.ts'
import type { StructField } from '../model/column-type.ts'
import type { GovernedPart, GovernedText } from '../model/governed.ts'
import type { Cell } from '../model/result.ts'
import { type TableId, tableId } from '../model/table-ref.ts'
import { type Analyzer, type CatalogId, openAnalyzer, type ParameterType, type TableRows } from './analyzer.ts'
import { type NameDefaults, nestedCatalog, rootCatalog } from './catalog-proto.ts'
import { disagreement } from './disagreement.ts'
import {
  AnalyzerRefusal,
  compileReference,
  openReference,
  type ReferenceCode,
  type ReferencePaths,
  withoutPlace,
} from './reference.ts'
import type { Analysis } from './resolved.ts'
import { valueCell, valueJson } from './values.ts'

/** `nested` reads names as a client writes them; `root` reads governed text, a table's whole id in one identifier. */
export type Names = 'nested' | 'root'
export type AnalyzeOptions = NameDefaults & {
  readonly names: Names
  readonly parameters?: readonly ParameterType[]
  readonly variables?: readonly StructField[]
  readonly routines?: readonly CatalogRoutine[]
}
export type Rows = readonly (readonly Cell[])[]

/** Google's analyzer in this thread, for tests and measurements. What it refuses, it throws as AnalyzerRefusal. */
export type Oracle = {
  /** Whether the text parses: a statement, or a script. */
  readonly accepts: (sql: string, options?: { readonly script: boolean }) => boolean
  readonly tables: (sql: string, options?: { readonly script: boolean }) => readonly (readonly string[])[]
  readonly analyze: (sql: string, tables: readonly CatalogTable[], options: AnalyzeOptions) => Analysis
  /** The names of its built-in functions, in lower case; a `$` begins those of operators. */
  readonly functions: () => readonly string[]
  /** Runs governed text, or other text that names tables as it does, over rows by table id. */
  readonly evaluate: (sql: string, tables: readonly CatalogTable[], rows: ReadonlyMap<TableId, Rows>) => Rows
}

export async function openOracle(paths: ReferencePaths): Promise<Oracle> {
  return oracleOf(await compileReference(paths))
}

/** Another instance of what is compiled: one that breaks must be thrown away. */
export function oracleOf(code: ReferenceCode): Oracle {
  const analyzer = openAnalyzer(openReference(code))
  return {
    accepts: (sql, { script } = { script: false }) => isAccepted(() => analyzer.tables(sql, { script })),
    tables: (sql, { script } = { script: false }) => analyzer.tables(sql, { script }),
    analyze: openAnalyze(analyzer),
    functions: () => analyzer.functions(),
    evaluate: (sql, tables, rows) => evaluateOnce(analyzer, sql, tables, rows),
  }
}

/** What the analyzer finds otherwise in a governed text than was predicted; undefined where they agree. */
export function judge(oracle: Oracle, { parts }: GovernedText): string | undefined {
  return refusalOf(() => {
    for (const part of parts) {
      const found = disagreement(part, analyzePart(oracle, part, part.text))
      if (found !== undefined) return found
    }
    return undefined
  })
}

/** What it cannot read in the text as its author wrote it; undefined where it can. */
export function mistakeIn(oracle: Oracle, { parts }: GovernedText): string | undefined {
  const refusal = refusalOf(() => {
    for (const part of parts) analyzePart(oracle, part, part.unprotected())
    return undefined
  })
  return refusal === undefined ? undefined : withoutPlace(refusal)
}

function analyzePart(oracle: Oracle, { parameters: given, catalog }: GovernedPart, text: string): Analysis {
  const parameters = given.map(({ name, type }) => (name === undefined ? { type } : { name, type }))
  const { tables, variables, routines } = catalog
  return oracle.analyze(text, tables, { names: 'root', parameters, variables, routines })
}

function refusalOf(read: () => string | undefined): string | undefined {
  try {
    return read()
  } catch (thrown) {
    if (thrown instanceof AnalyzerRefusal) return thrown.message
    throw thrown
  }
}

function isAccepted(read: () => unknown): boolean {
  try {
    read()
    return true
  } catch (thrown) {
    if (thrown instanceof AnalyzerRefusal) return false
    throw thrown
  }
}

type Registered = { readonly tables: readonly CatalogTable[]; readonly key: string; readonly id: CatalogId }

/** Suites ask about one world thousands of times, and to register it costs more than to analyze. */
function openAnalyze(analyzer: Analyzer): Oracle['analyze'] {
  let last: Registered | undefined
  return (sql, tables, options) => {
    const { names, defaultProject, defaultDataset, variables = [], routines = [] } = options
    const called = routines.map(routine => [routineName(routine), routine.etag])
    const key = JSON.stringify([names, defaultProject, defaultDataset, variables, called])
    if (last === undefined || last.tables !== tables || last.key !== key) {
      if (last !== undefined) analyzer.unregister(last.id)
      const catalog = names === 'root' ? rootCatalog(tables, { variables, routines }) : nestedCatalog(tables, options)
      last = { tables, key, id: analyzer.register(catalog) }
    }
    return analyzer.analyze(sql, last.id, options.parameters)
  }
}

function evaluateOnce(
  analyzer: Analyzer,
  sql: string,
  tables: readonly CatalogTable[],
  rows: ReadonlyMap<TableId, Rows>,
): Rows {
  const id = analyzer.register(rootCatalog(tables), contents(tables, rows))
  try {
    const { outputs } = analyzer.analyze(sql, id)
    return analyzer.evaluate(sql, id).map(row => row.map((cell, at) => valueCell(cell, outputs[at]?.type)))
  } finally {
    analyzer.unregister(id)
  }
}

/** Rows of tables as the analyzer takes them. */
export function contents(tables: readonly CatalogTable[], rows: ReadonlyMap<TableId, Rows>): TableRows {
  const entries = tables.map(table => {
    const row = (rows.get(tableId(table.ref)) ?? []).map(cells => ({ cell: cellsOf(table, cells) }))
    return [tableId(table.ref), { tableData: { row } }] as const
  })
  return Object.fromEntries(entries)
}

function cellsOf(table: CatalogTable, cells: readonly Cell[]) {
  const columns = [...table.columns, ...table.pseudoColumns]
  return columns.map((column, at) => valueJson(cells[at] ?? null, column.type))
}

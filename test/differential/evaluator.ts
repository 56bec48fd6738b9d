import type { JsonObject } from '@bufbuild/protobuf'
import type { CatalogTable } from '../../src/model/catalog.ts'
import type { Cell } from '../../src/model/result.ts'
import type { TableId } from '../../src/model/table-ref.ts'
import { type Analyzer, type CatalogId, openAnalyzer } from '../../src/verification/analyzer.ts'
import { rootCatalog } from '../../src/verification/catalog-proto.ts'
import { contents, type Rows } from '../../src/verification/oracle.ts'
import {
  AnalyzerRefusal,
  compileReference,
  openReference,
  type ReferencePaths,
} from '../../src/verification/reference.ts'
import type { Analysis } from '../../src/verification/resolved.ts'
import { type ValueMessage, valueCell } from '../../src/verification/values.ts'

export type Answer =
  | { readonly state: 'rows'; readonly rows: readonly (readonly Cell[])[] }
  | { readonly state: 'error'; readonly message: string }
export type Reading =
  | { readonly state: 'read'; readonly analysis: Analysis }
  | { readonly state: 'refused'; readonly message: string }

/** Tables with rows, registered once and asked many times. */
export type Database = {
  readonly analyze: (sql: string) => Reading
  readonly evaluate: (sql: string) => Answer
  /** What UPDATE or DELETE does to each row, which its table's first column tells from others. */
  readonly change: (sql: string) => Answer
  readonly close: () => void
}

export type Evaluator = {
  readonly open: (tables: readonly CatalogTable[], rows: ReadonlyMap<TableId, Rows>) => Database
}

/** Google's evaluator. An instance that ran out of stack is thrown away, and its databases are made again. */
export async function openEvaluator(paths: ReferencePaths): Promise<Evaluator> {
  const code = await compileReference(paths)
  let generation = 0
  let analyzer = openAnalyzer(openReference(code))
  const renew = () => {
    generation += 1
    analyzer = openAnalyzer(openReference(code))
  }
  return {
    open(tables, rows) {
      const plain = new Registered(rootCatalog(tables), tables, rows)
      const keyed = new Registered(withKeys(rootCatalog(tables)), tables, rows)
      const ask = <T>(catalog: Registered, question: (id: CatalogId) => T, refused: (message: string) => T): T => {
        const id = catalog.idIn(analyzer, generation)
        try {
          return question(id)
        } catch (thrown) {
          if (thrown instanceof AnalyzerRefusal) return refused(thrown.message)
          renew()
          return refused(`the evaluator broke: ${thrown}`)
        }
      }
      const answer = (catalog: Registered, rowsOf: (id: CatalogId) => readonly (readonly Cell[])[]): Answer => {
        return ask<Answer>(
          catalog,
          id => ({ state: 'rows', rows: rowsOf(id) }),
          message => ({ state: 'error', message }),
        )
      }
      return {
        analyze: sql =>
          ask<Reading>(
            plain,
            id => ({ state: 'read', analysis: analyzer.analyze(sql, id) }),
            message => ({ state: 'refused', message }),
          ),
        evaluate: sql => answer(plain, id => analyzer.evaluate(sql, id).map(cellsOf)),
        change: sql => {
          const changes = (id: CatalogId) =>
            analyzer.change(sql, id).map(({ operation, key, row }): readonly Cell[] => {
              return [String(operation), ...cellsOf(key), ...cellsOf(row)]
            })
          return answer(keyed, changes)
        },
        close: () => {
          for (const catalog of [plain, keyed]) catalog.close(analyzer, generation)
        },
      }
    },
  }
}

/** A catalog in the instance of the analyzer that lives now, registered when it is first asked. */
class Registered {
  readonly #catalog: JsonObject
  readonly #rows: ReturnType<typeof contents>
  #place: { readonly generation: number; readonly id: CatalogId } | undefined

  constructor(catalog: JsonObject, tables: readonly CatalogTable[], rows: ReadonlyMap<TableId, Rows>) {
    this.#catalog = catalog
    this.#rows = contents(tables, rows)
  }

  idIn(analyzer: Analyzer, generation: number): CatalogId {
    if (this.#place?.generation !== generation) {
      this.#place = { generation, id: analyzer.register(this.#catalog, this.#rows) }
    }
    return this.#place.id
  }

  close(analyzer: Analyzer, generation: number): void {
    if (this.#place?.generation === generation) analyzer.unregister(this.#place.id)
  }
}

function withKeys(catalog: JsonObject): JsonObject {
  const tables = catalog['table'] as readonly JsonObject[]
  return { ...catalog, table: tables.map(table => ({ ...table, primaryKeyColumnIndex: [0] })) }
}

function cellsOf(values: readonly ValueMessage[]): readonly Cell[] {
  return values.map(value => valueCell(value, undefined))
}

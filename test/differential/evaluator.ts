import type { CatalogTable } from '../../src/model/catalog.ts'
import type { Cell } from '../../src/model/result.ts'
import type { TableId } from '../../src/model/table-ref.ts'
import { openAnalyzer } from '../../src/verification/analyzer.ts'
import { rootCatalog } from '../../src/verification/catalog-proto.ts'
import { contents, type Rows } from '../../src/verification/oracle.ts'
import {
  AnalyzerRefusal,
  compileReference,
  openReference,
  type ReferencePaths,
} from '../../src/verification/reference.ts'
import type { Analysis } from '../../src/verification/resolved.ts'
import { valueCell } from '../../src/verification/values.ts'

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
      const register = () => ({ generation, id: analyzer.register(rootCatalog(tables), contents(tables, rows)) })
      let registered = register()
      const ask = <T>(question: (id: string) => T, refused: (message: string) => T): T => {
        if (registered.generation !== generation) registered = register()
        try {
          return question(registered.id)
        } catch (thrown) {
          if (thrown instanceof AnalyzerRefusal) return refused(thrown.message)
          renew()
          return refused(`the evaluator broke: ${thrown}`)
        }
      }
      return {
        analyze: sql =>
          ask<Reading>(
            id => ({ state: 'read', analysis: analyzer.analyze(sql, id) }),
            message => ({ state: 'refused', message }),
          ),
        evaluate: sql =>
          ask<Answer>(
            id => {
              const rows = analyzer.evaluate(sql, id).map(row => row.map(cell => valueCell(cell, undefined)))
              return { state: 'rows', rows }
            },
            message => ({ state: 'error', message }),
          ),
        close: () => {
          if (registered.generation === generation) analyzer.unregister(registered.id)
        },
      }
    },
  }
}

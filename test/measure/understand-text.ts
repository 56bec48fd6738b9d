import { createHash } from 'node:crypto'
import { type CatalogRoutine, type CatalogTable, emptySnapshot, extendedSnapshot } from '../../src/model/catalog.ts'
import { Failure } from '../../src/model/failure.ts'
import { type Analyzed, type AnalyzeSettings, analyze, parseQuery } from '../../src/sql/analyze.ts'
import type { NameDefaults } from '../../src/sql/table-name.ts'
import { snapshotOf } from './world-catalog.ts'

const maxRounds = 17

export const digest = (text: string) => createHash('sha256').update(text).digest('hex')

/** The analysis of one text against tables in memory, as the gateway does it; a Failure says why there is none. */
export function understandText(
  sql: string,
  tables: readonly CatalogTable[],
  defaults: NameDefaults & Partial<Pick<AnalyzeSettings, 'parameters'>>,
  routines: readonly CatalogRoutine[] = [],
): Analyzed | Failure {
  try {
    const draft = parseQuery(sql)
    const settings = { parameters: [], ...defaults, digest }
    let known = emptySnapshot
    for (let round = 0; round < maxRounds; round++) {
      const analysis = analyze(draft, known, settings)
      if (analysis.state === 'complete') return analysis.analyzed
      known = extendedSnapshot(known, snapshotOf(analysis.wanted, tables, routines))
    }
    return new Failure('cannot_govern')
  } catch (thrown) {
    if (thrown instanceof Failure) return thrown
    throw thrown
  }
}

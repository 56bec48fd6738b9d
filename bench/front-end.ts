import { parseScript } from '../src/googlesql/parse/parse.ts'
import { print } from '../src/googlesql/print/print.ts'
import { nothingWanted } from '../src/model/catalog.ts'
import type { Decision } from '../src/model/decision.ts'
import { Failure } from '../src/model/failure.ts'
import { type Analyzed, analyze, parseQuery } from '../src/sql/analyze.ts'
import { govern } from '../src/sql/govern.ts'
import { googlesqlReferenceFiles } from '../src/tools/googlesql-reference.ts'
import { openOracle } from '../src/verification/oracle.ts'
import { worldCases, worldPath } from '../test/differential/cases.ts'
import { decisionOf } from '../test/differential/decisions.ts'
import { worldProtections } from '../test/differential/run-corpus.ts'
import { digest, understandText } from '../test/measure/understand-text.ts'
import { snapshotOf, worldCatalog } from '../test/measure/world-catalog.ts'
import { type Times, timesOf } from './times.ts'

export type FrontEndReport = { readonly texts: number; readonly stages: Readonly<Record<Stage, Times>> }
const stages = ['parse', 'analyze', 'govern', 'print', 'whole'] as const
type Stage = (typeof stages)[number]

const mostTexts = 500
const rounds = 5
const warmUps = 2
const place = { project: 'acme-prod', defaultDataset: { project: 'acme-prod', dataset: 'crm' } }

/** The stages of the front end over texts of the corpora that are served over the world of the attacks: each text's best of a few runs. */
export async function benchFrontEnd(): Promise<FrontEndReport> {
  const tables = await worldCatalog(worldPath, await openOracle(googlesqlReferenceFiles()))
  const snapshot = snapshotOf({ ...nothingWanted, tables: tables.map(({ ref }) => ref) }, tables)
  const decision = decisionOf(worldProtections) as Decision
  const all = (await worldCases()).map(({ sql }) => sql).filter(sql => isServed(sql, tables, decision))
  const every = Math.max(1, Math.floor(all.length / mostTexts))
  const served = all.filter((_, at) => at % every === 0)
  const best = served.map((): Map<Stage, number> => new Map())
  for (let round = -warmUps; round < rounds; round++) {
    for (const [at, sql] of served.entries()) {
      for (const [stage, us] of stageTimes(sql, snapshot, decision)) {
        const before = best[at]?.get(stage) ?? Number.POSITIVE_INFINITY
        if (round >= 0) best[at]?.set(stage, Math.min(before, us))
      }
    }
  }
  const times = stages.map(stage => [stage, timesOf(best.flatMap(own => own.get(stage) ?? []))] as const)
  return { texts: served.length, stages: Object.fromEntries(times) as FrontEndReport['stages'] }
}

type Snapshot = ReturnType<typeof snapshotOf>

function isServed(sql: string, tables: Parameters<typeof understandText>[1], decision: Decision): boolean {
  const analyzed = understandText(sql, tables, place)
  if (analyzed instanceof Failure) return false
  try {
    govern(analyzed, decision)
    return true
  } catch (thrown) {
    if (thrown instanceof Failure) return false
    throw thrown
  }
}

function stageTimes(sql: string, snapshot: Snapshot, decision: Decision): readonly (readonly [Stage, number])[] {
  const tree = timed(() => parseScript(sql))
  const draft = parseQuery(sql)
  const analysis = timed(() => analyze(draft, snapshot, { ...place, parameters: [], digest }))
  if (analysis.result.state !== 'complete') return []
  const analyzed: Analyzed = analysis.result.analyzed
  const governed = timed(() => govern(analyzed, decision))
  const printed = timed(() => print(tree.result))
  return [
    ['parse', tree.us],
    ['analyze', analysis.us],
    // It prints, and reads what it printed.
    ['govern', governed.us],
    ['print', printed.us],
    ['whole', tree.us + analysis.us + governed.us],
  ]
}

function timed<Result>(step: () => Result): { readonly result: Result; readonly us: number } {
  const began = performance.now()
  const result = step()
  return { result, us: (performance.now() - began) * 1_000 }
}

export function frontEndTable({ texts, stages: times }: FrontEndReport): string {
  return [
    `front end over ${texts} texts of the corpora    median µs    p95 µs`,
    ...Object.entries(times).map(([stage, { median, p95 }]) => {
      return `  ${stage.padEnd(32)} ${String(median).padStart(16)} ${String(p95).padStart(9)}`
    }),
  ].join('\n')
}

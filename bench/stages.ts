import { lex } from '../src/googlesql/lex/lex.ts'
import { parseScript, parseStatement } from '../src/googlesql/parse/parse.ts'
import { print } from '../src/googlesql/print/print.ts'
import { sameTree } from '../src/googlesql/walk.ts'
import { nothingWanted } from '../src/model/catalog.ts'
import type { Decision, Question } from '../src/model/decision.ts'
import { Failure } from '../src/model/failure.ts'
import type { GovernedSql, Verified } from '../src/model/governed.ts'
import type { StatementFacts } from '../src/model/statement.ts'
import { type Analyzed, analyze, parseQuery } from '../src/sql/analyze.ts'
import { govern } from '../src/sql/govern.ts'
import { namedPaths } from '../src/sql/named-tables.ts'
import { sampleOrigin, samplePrincipal, sampleStarted } from '../test/fakes/sample-events.ts'
import { digest, understandText } from '../test/measure/understand-text.ts'
import { snapshotOf } from '../test/measure/world-catalog.ts'
import { redactSteps } from './redact-steps.ts'
import { sampleQueries } from './sample-queries.ts'
import { openStageWorld, type StageWorld } from './stage-world.ts'
import { type Effort, type Steps, type Times, timeSteps } from './times.ts'

const home = { project: 'acme-prod' }
const effort: Effort = { rounds: 300, warmUps: 40, budgetMs: 8_000 }
/** Google's analyzer takes a hundred times as long as the rest together. */
const slowEffort: Effort = { rounds: 100, warmUps: 3, budgetMs: 8_000 }
const principal = samplePrincipal()

export type StageTimes = Readonly<Record<string, { readonly bytes: number; readonly stages: Record<string, Times> }>>

/** The microseconds of every stage between a text and its record, and of redacting a page. */
export async function benchStages(): Promise<StageTimes> {
  const world = await openStageWorld()
  try {
    const report: Record<string, { bytes: number; stages: Record<string, Times> }> = {}
    for (const [name, sql] of Object.entries(sampleQueries)) {
      const { quick, slow } = await stepsOf(sql, world)
      const stages = { ...(await timeSteps(quick, effort)), ...(await timeSteps(slow, slowEffort)) }
      report[name] = { bytes: sql.length, stages }
    }
    report['1,000 rows'] = { bytes: 0, stages: await timeSteps(redactSteps(), effort) }
    return report
  } finally {
    await world.close()
  }
}

async function stepsOf(sql: string, world: StageWorld): Promise<{ readonly quick: Steps; readonly slow: Steps }> {
  const { tables, policy, verifier, recorder } = world
  const draft = parseQuery(sql)
  const snapshot = snapshotOf({ ...nothingWanted, tables: tables.map(({ ref }) => ref) }, tables)
  const analyzed = understood(sql, world)
  const question = questionOf(analyzed.statement)
  const decision = await policy.decide(question)
  if (decision.effect !== 'allow') throw new Error(`the example policy denies ${sql}`)
  const governed = govern(analyzed, decision)
  const tree = parseStatement(governed.text)
  const verify = (query: GovernedSql) => verifier.verify(query, AbortSignal.timeout(30_000))
  const verified = await verify(governed)
  let verifiedQueries = 0
  const quick = {
    ...{ lex: () => lex(sql), parse: () => parseScript(sql), print: () => print(draft.script) },
    'print-check': () => sameTree(parseStatement(print(tree)), tree),
    'named tables': () => namedPaths(draft.script),
    analyze: () => analyze(draft, snapshot, { ...home, parameters: [], digest }),
    decide: () => policy.decide(question),
    govern: () => govern(analyzed, decision),
    'verify, known': () => verify(governed),
    record: () => recorder.record(startedOf(analyzed.statement, decision, verified)),
  }
  // A text that was never read: spaces at its end change nothing else.
  const slow = { 'verify, new': () => verify({ ...governed, text: governed.text + ' '.repeat(++verifiedQueries) }) }
  return { quick, slow }
}

function understood(sql: string, { tables }: StageWorld): Analyzed {
  const analyzed = understandText(sql, tables, home)
  if (analyzed instanceof Failure) throw analyzed
  return analyzed
}

function questionOf(statement: StatementFacts): Question {
  const place = { project: home.project, location: 'US', now: new Date(), parameters: [] }
  return { phase: 'parse', principal, origin: sampleOrigin(), statement, ...place }
}

function startedOf(statement: StatementFacts, decision: Decision, governed: Verified<GovernedSql>) {
  return sampleStarted({ principal, origin: sampleOrigin(), statement, decision, governed })
}

/** One line for each stage, one column group for each query. */
export function stageTable(report: StageTimes): string {
  return Object.entries(report)
    .flatMap(([name, { bytes, stages }]) => [
      `${titleOf(name, bytes).padEnd(24)}n     median µs    p95 µs`,
      ...Object.entries(stages).map(([stage, { n, median, p95 }]) => {
        return `  ${stage.padEnd(18)} ${String(n).padStart(4)} ${String(median).padStart(13)} ${String(p95).padStart(9)}`
      }),
    ])
    .join('\n')
}

function titleOf(name: string, bytes: number): string {
  return bytes === 0 ? name : `${name} (${bytes} bytes)`
}

import { Failure } from '../../src/model/failure.ts'
import type { Statement } from '../../src/model/statement.ts'
import { disagreement } from '../../src/verification/disagreement.ts'
import { judge, type Oracle } from '../../src/verification/oracle.ts'
import { compareReading } from '../measure/column-agreement.ts'
import { understandText } from '../measure/understand-text.ts'
import { compareAnswers, evaluable, governAs } from './compare-answers.ts'
import { decisionOf, generatedProtections, type Protections } from './decisions.ts'
import type { Answer, Database, Evaluator } from './evaluator.ts'
import { type GeneratedQuery, generateQuery } from './generate-query.ts'
import { type Random, seeded } from './random.ts'
import { seenWorld, wholeWorld, withWildcard } from './seen-world.ts'
import { narrowed, project, type World } from './world.ts'

export type Finding = { readonly kind: FindingKind; readonly query: string; readonly why: string }
export const findingKinds = ['refused', 'interference', 'narrower', 'outputs', 'unverified', 'accepted_alone'] as const
export type FindingKind = (typeof findingKinds)[number]

export type GeneratedReport = {
  readonly generated: number
  /** Those that Google's analyzer accepts: all that is counted from here on. */
  readonly analyzed: number
  readonly accepted: number
  readonly governed: number
  /** Policies that cannot be enforced in a query: a wildcard over a protected table, or rows that go on whole with a pseudo-column. */
  readonly ungovernable: number
  readonly equal: number
  readonly both_fail: number
  /** What Google's evaluator does not run, such as a WITH entry that nothing reads. */
  readonly not_evaluable: number
  readonly verified: number
  /** Governed queries that the gateway would have refused as `readers_disagree`. */
  readonly alarms: number
  readonly columns: { readonly equal: number; readonly wider: number }
  readonly findings: readonly Finding[]
}

export type RunOptions = {
  readonly queries: number
  readonly seed: number
  readonly first?: number
  /** Which of several threads this is: each takes every so many-th policy. */
  readonly share?: { readonly of: number; readonly at: number }
  /** One query in so many is verified as the gateway would. */
  readonly verifyEvery: number
  /** Stops after this time and a few queries, however many are left. */
  readonly withinMs?: number
  /** For a test of this test: what is enforced instead of the policy. */
  readonly unsafeEnforceInstead?: (policy: Protections) => Protections
}

const perPolicy = 100
/** So many are run on the slowest machine. */
const fewest = 25

/** Queries by number: each is the same for the same seed, whatever ran before it and in whichever thread. */
export function runGenerated(world: World, oracle: Oracle, evaluator: Evaluator, options: RunOptions): GeneratedReport {
  const tally = new Tally()
  const deadline = performance.now() + (options.withinMs ?? Number.POSITIVE_INFINITY)
  const { first = 0, share = { of: 1, at: 0 } } = options
  let stage: Stage | undefined
  for (let at = first; at < first + options.queries; at++) {
    const batch = Math.floor(at / perPolicy)
    if (batch % share.of !== share.at) continue
    if (performance.now() > deadline && tally.generated >= fewest) break
    if (stage?.batch !== batch) {
      stage?.close()
      stage = openStage(world, evaluator, seeded(options.seed, -1 - batch), batch)
    }
    const { protections, databases, tables } = stage
    const query = generateQuery(seeded(options.seed, at), tables, id => !protections.masks.get(id)?.size)
    const enforced = options.unsafeEnforceInstead?.(protections) ?? protections
    const isVerified = at % options.verifyEvery === 0
    runOne(query, { world: stage.world, oracle, enforced, databases }, isVerified, tally)
  }
  stage?.close()
  return tally
}

type Stage = {
  readonly batch: number
  readonly world: World
  readonly tables: World['tables']
  readonly protections: Protections
  readonly databases: Bench['databases']
  readonly close: () => void
}

/** A policy and what the queries under it run over. */
function openStage(world: World, evaluator: Evaluator, random: Random, batch: number): Stage {
  const narrow = narrowed(world, random)
  const all = withWildcard(narrow)
  const protections = generatedProtections(random, all)
  const databases = { whole: wholeWorld(narrow, evaluator), seen: seenWorld(narrow, protections, evaluator) }
  const close = () => {
    databases.whole.close()
    databases.seen.close()
  }
  return { batch, world: narrow, tables: all.tables, protections, databases, close }
}

class Tally implements GeneratedReport {
  generated = 0
  analyzed = 0
  accepted = 0
  governed = 0
  ungovernable = 0
  equal = 0
  both_fail = 0
  not_evaluable = 0
  verified = 0
  alarms = 0
  readonly columns = { equal: 0, wider: 0 }
  readonly findings: Finding[] = []
}

type Bench = {
  readonly world: World
  readonly oracle: Oracle
  readonly enforced: Protections
  readonly databases: { readonly whole: Database; readonly seen: Database }
}

function runOne(query: GeneratedQuery, bench: Bench, isVerified: boolean, tally: Tally): void {
  const find: Find = (kind, why) => tally.findings.push({ kind, query: query.sql, why })
  tally.generated += 1
  const { whole, seen } = bench.databases
  const wanted = answerOf(query.spelled, seen)
  const ours = understandText(query.sql, bench.world.tables, { project, parameters: query.parameters })
  if (wanted.state === 'error' && refusal.test(wanted.message)) {
    if (!(ours instanceof Failure)) find('accepted_alone', wanted.message)
    return
  }
  tally.analyzed += 1
  if (ours instanceof Failure) return void find('refused', ours.message)
  tally.accepted += 1
  if (isVerified && !isChange(query.spelled)) compareReadings(ours.statement, query, bench, tally, find)
  const governed = governAs(ours, decisionOf(bench.enforced))
  if (governed instanceof Failure) {
    if (/^The wildcard |^A pseudo-column of a masked/.test(governed.details.detail ?? '')) tally.ungovernable += 1
    else find('refused', `${governed.message} ${governed.cause ?? ''}`)
    return
  }
  tally.governed += 1
  const given = answerOf(evaluable(governed), whole)
  const state = compareAnswers(given, wanted, query)
  if (state === 'differs') find('interference', JSON.stringify({ given, wanted, text: governed.text }))
  else tally[state] += 1
  if (!isVerified) return
  const verdict = judge(bench.oracle, governed)
  if (verdict === undefined) tally.verified += 1
  else {
    tally.alarms += 1
    find('unverified', `${verdict} in ${governed.text}`)
  }
}

/** Rows that are read or inserted, or what is done to those of a table. */
function answerOf(text: string, database: Database): Answer {
  const inserted = /^INSERT INTO `[^`]+` \([^)]*\) (.*)$/s.exec(text)?.[1]
  return isChange(text) && inserted === undefined ? database.change(text) : database.evaluate(inserted ?? text)
}

function isChange(text: string): boolean {
  return /^(INSERT|UPDATE|DELETE|MERGE) /.test(text)
}

type Find = (kind: FindingKind, why: string) => void

/** The analyzer says where a text is wrong; what fails in running has no place. */
const refusal = /\[at \d+:\d+\]/

/** Columns and outputs, ours against the analyzer's. */
function compareReadings(
  statement: Statement,
  query: GeneratedQuery,
  { databases }: Bench,
  tally: Tally,
  find: Find,
): void {
  const theirs = databases.seen.analyze(query.spelled)
  if (theirs.state === 'refused') return void find('accepted_alone', theirs.message)
  const columns = compareReading(statement, theirs.analysis)
  if (columns.verdict === 'narrower') find('narrower', columns.difference)
  else tally.columns[columns.verdict] += 1
  const { outputs } = statement
  const different = disagreement({ scans: [], outputs }, { scans: [], outputs: theirs.analysis.outputs })
  if (different !== undefined) find('outputs', different)
}

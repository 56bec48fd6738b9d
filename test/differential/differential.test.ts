import { availableParallelism } from 'node:os'
import { beforeAll, describe, expect, test } from 'vitest'
import { googlesqlReferenceFiles } from '../../src/tools/googlesql-reference.ts'
import { type Oracle, openOracle, oracleOf } from '../../src/verification/oracle.ts'
import { compileReference } from '../../src/verification/reference.ts'
import { hasCorpus } from '../measure/language-cases.ts'
import { attackCases, corpusTexts, worldPath } from './cases.ts'
import { type Evaluator, openEvaluator } from './evaluator.ts'
import { readFindings, replay } from './findings.ts'
import { fuzz } from './fuzz.ts'
import { runCorpus } from './run-corpus.ts'
import { runGenerated } from './run-generated.ts'
import { wholeWorld } from './seen-world.ts'
import { runGeneratedInThreads } from './threads.ts'
import { openWorld, project, type World } from './world.ts'

const paths = googlesqlReferenceFiles()
const seed = 1
// `npm run differential` has no such bounds.
const bounds = { generatedMs: 60_000, corpusMs: 12_000, fuzzMs: 12_000, weakenedMs: 5_000 }
const patienceMs = 180_000

let oracle: Oracle
let evaluator: Evaluator
let tables: World
beforeAll(async () => {
  oracle = await openOracle(paths)
  evaluator = await openEvaluator(paths)
  tables = await openWorld(worldPath, oracle)
}, patienceMs)

describe('a governed query', { timeout: patienceMs }, () => {
  test('answers what the query itself answers over the rows that may be seen, for generated queries and policies', async () => {
    const options = { queries: 2_000, seed, verifyEvery: 20, withinMs: bounds.generatedMs }
    const report = await runGeneratedInThreads(availableParallelism(), paths, options)
    const { findings, ...figures } = report
    console.log(`generated: ${JSON.stringify(figures)}`)
    expect(findings.filter(({ kind }) => kind !== 'accepted_alone')).toEqual([])
    // A generator whose queries nobody accepts would find nothing.
    expect(report.analyzed).toBeGreaterThan(report.generated * 0.8)
    expect(report.equal).toBeGreaterThan(20)
  })

  test('would be found out if a mask or a filter were left out', () => {
    const options = { queries: 40, seed, first: 400, verifyEvery: 1_000, withinMs: bounds.weakenedMs }
    const leaks = [
      runGenerated(tables, oracle, evaluator, {
        ...options,
        unsafeEnforceInstead: policy => ({ ...policy, masks: new Map() }),
      }),
      runGenerated(tables, oracle, evaluator, {
        ...options,
        unsafeEnforceInstead: policy => ({ ...policy, rowFilters: new Map() }),
      }),
    ].map(({ findings }) => findings.filter(({ kind }) => kind === 'interference').length)
    console.log(`left out: ${leaks.join(' and ')} found`)
    expect(Math.min(...leaks)).toBeGreaterThan(0)
  })

  test('is held to the same rows of a change, whichever columns the text reads', () => {
    const orders = `${project}.crm.orders`
    const ids = tables.rows.get(orders)?.flatMap(([id, , region]) => (region === 'EU' ? [id] : []))
    const deleted = wholeWorld(tables, evaluator).change(`DELETE FROM \`${orders}\` AS a WHERE a.region = 'EU'`)
    expect(deleted.state === 'rows' && deleted.rows.map(([, key]) => key)).toEqual(ids)
    expect(ids).not.toEqual([])
  })

  test('does so for attacks and honest queries, under the policy of their world and another', async () => {
    const cases = await attackCases()
    // What comes first is what a slow machine gets to.
    const { findings, ...figures } = runCorpus(cases, tables, evaluator, { seed, withinMs: bounds.corpusMs })
    console.log(`attacks and controls: ${JSON.stringify(figures)}`)
    expect(findings).toEqual([])
    expect(figures.verdicts.equal).toBeGreaterThan(10)
  })
})

describe('a text that nobody would write', { timeout: patienceMs }, () => {
  test.skipIf(!hasCorpus())('is read or refused, without a crash, and no table in it is missed', async () => {
    const code = await compileReference(paths)
    const options = { count: 10_000, seed, compareEvery: 8, withinMs: bounds.fuzzMs }
    const report = fuzz(await corpusTexts(), tables.tables, () => oracleOf(code), options)
    const { findings, accepted_alone, refused_alone, ...figures } = report
    console.log(
      `fuzz: ${JSON.stringify({ ...figures, accepted_alone: accepted_alone.length, refused_alone: refused_alone.length })}`,
    )
    expect(findings).toEqual([])
    expect(figures.accepted_by_both).toBeGreaterThan(figures.compared * 0.05)
  })

  test.each(readFindings())('that was once found to go wrong is right now: $what', found => {
    expect(replay(found, { world: tables, oracle, evaluator })).toBeUndefined()
  })
})

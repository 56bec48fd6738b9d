import { availableParallelism } from 'node:os'
import { parseArgs } from 'node:util'
import { googlesqlReferenceFiles } from '../../src/tools/googlesql-reference.ts'
import { openOracle } from '../../src/verification/oracle.ts'
import { worldCases, worldPath } from '../differential/cases.ts'
import { openEvaluator } from '../differential/evaluator.ts'
import type { FuzzReport } from '../differential/fuzz.ts'
import { runCorpus } from '../differential/run-corpus.ts'
import { findingKinds, type GeneratedReport } from '../differential/run-generated.ts'
import { fuzzInThreads, runGeneratedInThreads } from '../differential/threads.ts'
import { openWorld } from '../differential/world.ts'

const { values: options } = parseArgs({
  options: {
    queries: { type: 'string', default: '2000' },
    seed: { type: 'string', default: '1' },
    first: { type: 'string', default: '0' },
    'verify-every': { type: 'string', default: '4' },
    threads: { type: 'string', default: String(availableParallelism()) },
    fuzz: { type: 'string', default: '0' },
    'compare-every': { type: 'string', default: '10' },
    minutes: { type: 'string' },
    corpus: { type: 'boolean', default: false },
    json: { type: 'boolean', default: false },
  },
})

const paths = googlesqlReferenceFiles()
const seed = Number(options.seed)
const began = performance.now()
const threads = Number(options.threads)
const within = options.minutes === undefined ? {} : { withinMs: Number(options.minutes) * 60_000 }
const generated = await runGeneratedInThreads(threads, paths, {
  ...{ queries: Number(options.queries), seed, first: Number(options.first) },
  verifyEvery: Number(options['verify-every']),
  ...within,
})
const corpus = options.corpus ? await answersOfCorpus() : undefined
const fuzzed =
  options.fuzz === '0'
    ? undefined
    : await fuzzInThreads(threads, paths, {
        count: Number(options.fuzz),
        seed,
        compareEvery: Number(options['compare-every']),
        ...within,
      })
const findings = [...generated.findings, ...(corpus?.findings ?? [])]
if (options.json) console.log(JSON.stringify({ generated, corpus, fuzz: fuzzed }))
else console.log(lines().join('\n'))
process.exitCode = findings.some(({ kind }) => kind !== 'accepted_alone') || (fuzzed?.findings.length ?? 0) > 0 ? 1 : 0

async function answersOfCorpus() {
  const world = await openWorld(worldPath, await openOracle(paths))
  return runCorpus(await worldCases(), world, await openEvaluator(paths), { seed })
}

function lines(): readonly string[] {
  const seconds = ((performance.now() - began) / 1_000).toFixed(1)
  return [
    ...generatedLines(generated),
    ...(corpus === undefined ? [] : [`corpora: ${JSON.stringify({ ...corpus, findings: corpus.findings.length })}`]),
    ...(fuzzed === undefined ? [] : fuzzLines(fuzzed)),
    ...findingKinds.flatMap(kind => {
      const list = findings.filter(finding => finding.kind === kind)
      const shown = list.slice(0, 10).map(({ query, why }) => `- ${query}\n    ${why.slice(0, 800)}`)
      return list.length === 0 ? [] : [`\n${kind}: ${list.length}`, ...shown]
    }),
    `${seconds} s`,
  ]
}

function generatedLines(report: GeneratedReport): readonly string[] {
  const { generated: total, analyzed, accepted, governed, ungovernable, columns } = report
  return [
    `generated: ${total} queries of seed ${seed}, of which the analyzer accepts ${share(analyzed, total)}`,
    `accepted by Sluice: ${share(accepted, analyzed)}; columns: ${columns.equal} equal, ${columns.wider} wider`,
    `governed: ${governed}, ${ungovernable} refused for a wildcard or a pseudo-column over protected tables`,
    `answers: ${report.equal} equal, ${report.both_fail} fail both ways, ${report.not_evaluable} that the evaluator does not run`,
    `verified: ${report.verified} of ${report.verified + report.alarms}`,
  ]
}

function fuzzLines(report: FuzzReport): readonly string[] {
  const { tried, compared, accepted_by_both, refused_by_both, accepted_alone, refused_alone, findings: wrong } = report
  return [
    `fuzz: ${tried} texts read or refused, ${wrong.length} findings; of ${compared} that GoogleSQL read too, ${accepted_by_both} accepted by both, ${refused_by_both} refused by both`,
    `  only Sluice accepts ${accepted_alone.length}, only GoogleSQL ${refused_alone.length}`,
    ...accepted_alone.slice(0, 15).map(sql => `  + ${sql}`),
    ...refused_alone.slice(0, 15).map(sql => `  - ${sql}`),
    ...wrong.slice(0, 10).map(({ kind, sql, why }) => `  ${kind}: ${sql}\n    ${why.slice(0, 500)}`),
  ]
}

function share(part: number, whole: number): string {
  return `${part} (${((part / Math.max(whole, 1)) * 100).toFixed(1)} %)`
}

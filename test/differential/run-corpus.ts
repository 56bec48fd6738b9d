import { print } from '../../src/googlesql/print/print.ts'
import { Failure } from '../../src/model/failure.ts'
import type { Analyzed } from '../../src/sql/analyze.ts'
import { replaceReferences } from '../../src/sql/govern/references.ts'
import type { Part } from '../../src/sql/part.ts'
import { understandText } from '../measure/understand-text.ts'
import { compareAnswers, evaluable, governAs, type Verdict } from './compare-answers.ts'
import { decisionOf, generatedProtections, type Protections } from './decisions.ts'
import type { Database, Evaluator } from './evaluator.ts'
import { seeded } from './random.ts'
import type { Finding } from './run-generated.ts'
import { seenWorld, wholeWorld, withWildcard } from './seen-world.ts'
import { dataset, project, type World } from './world.ts'

export type CorpusCase = { readonly id: string; readonly sql: string; readonly defaultDataset?: string }

export type CorpusReport = {
  readonly cases: number
  /** Those that Sluice understands over the world, and whose answer does not change from run to run. */
  readonly understood: number
  readonly ungovernable: number
  readonly verdicts: Readonly<Record<Verdict, number>>
  readonly findings: readonly Finding[]
}

type Policy = { readonly protections: Protections; readonly seen: Database }

/** The policy that the attacks are about. */
export const worldProtections: Protections = {
  masks: new Map([
    [
      `${project}.crm.users`,
      new Map([
        ['email', { kind: 'sha256' }],
        ['ssn', { kind: 'redact' }],
        ['profile.phone', { kind: 'redact' }],
      ]),
    ],
  ]),
  rowFilters: new Map([
    [
      `${project}.crm.orders`,
      [{ condition: { type: 'field', operator: 'eq', field: 'region', value: 'EU' }, guard: false }],
    ],
  ]),
}

/** Each query under the world's own policy and one of a few others, in turn. */
export function runCorpus(
  cases: readonly CorpusCase[],
  world: World,
  evaluator: Evaluator,
  options: { readonly seed: number; readonly policies?: number; readonly withinMs?: number },
): CorpusReport {
  const all = withWildcard(world)
  const others = Array.from({ length: options.policies ?? 4 }, (_, at) =>
    generatedProtections(seeded(options.seed, at), all),
  )
  const policies = [worldProtections, ...others].map((protections): Policy => {
    return { protections, seen: seenWorld(world, protections, evaluator) }
  })
  const whole = wholeWorld(world, evaluator)
  const deadline = performance.now() + (options.withinMs ?? Number.POSITIVE_INFINITY)
  const report = { cases: 0, understood: 0, ungovernable: 0, findings: [] as Finding[] }
  const verdicts = { equal: 0, both_fail: 0, not_evaluable: 0, differs: 0 }
  for (const [at, asked] of cases.entries()) {
    if (performance.now() > deadline) break
    report.cases += 1
    const place = { project, defaultDataset: { project, dataset: asked.defaultDataset ?? dataset } }
    const analyzed = understandText(asked.sql, world.tables, place)
    if (analyzed instanceof Failure || !isSteadyQuery(analyzed)) continue
    report.understood += 1
    for (const policy of [policies[0], policies[1 + (at % others.length)]]) {
      const verdict = policy === undefined ? undefined : compareUnder(policy, analyzed, whole, asked, report.findings)
      if (verdict === undefined) report.ungovernable += 1
      else verdicts[verdict] += 1
    }
  }
  for (const { seen } of policies) seen.close()
  whole.close()
  return { ...report, verdicts }
}

function compareUnder(
  { protections, seen }: Policy,
  analyzed: Analyzed,
  whole: Database,
  { id, sql }: CorpusCase,
  findings: Finding[],
): Verdict | undefined {
  const governed = governAs(analyzed, decisionOf(protections))
  if (governed instanceof Failure) {
    if (!/^The wildcard |^A pseudo-column of a masked/.test(governed.details.detail ?? ''))
      findings.push({ kind: 'refused', query: sql, why: `${id}: ${governed.message}` })
    return undefined
  }
  const given = whole.evaluate(evaluable(governed))
  const wanted = seen.evaluate(completed(analyzed))
  const verdict = compareAnswers(given, wanted, { isOrdered: false })
  if (verdict === 'differs')
    findings.push({
      kind: 'interference',
      query: sql,
      why: `${id}: ${JSON.stringify({ given, wanted, text: governed.text })}`,
    })
  return verdict
}

/** The client's own query with every table under its whole name, views as if they were tables. */
function completed({ parts }: Analyzed): string {
  const [{ tree, context }] = parts as readonly [Part]
  const named = replaceReferences(tree, context, node => {
    const resolution = context.resolutions.get(node)
    return resolution?.kind === 'view' ? resolution.view.scan.id : undefined
  })
  return print(named)
}

function isSteadyQuery({ statement, parts }: Analyzed): boolean {
  const isSteady = statement.functions.every(({ class: kind }) => !['nondeterministic', 'session'].includes(kind))
  return (
    parts.length === 1 &&
    parts[0]?.tree.kind === 'QueryStatement' &&
    isSteady &&
    !statement.features.includes('table_sample')
  )
}

import { typeText } from '../../src/model/column-type.ts'
import type { Decision, DecisionFacts } from '../../src/model/decision.ts'
import { Failure } from '../../src/model/failure.ts'
import type { OutputColumn } from '../../src/model/statement.ts'
import { parseQuery, statementKind } from '../../src/sql/analyze.ts'
import { govern } from '../../src/sql/govern.ts'
import type { Verifier } from '../../src/verification/verify.ts'
import { parsed } from './acceptance.ts'
import { home, parametersOf, type RecordedCase, type RecordedField, recordedType } from './recorded-cases.ts'
import { setupCatalog } from './setup-catalog.ts'
import { understandText } from './understand-text.ts'

export type RecordedReport = {
  readonly total: number
  readonly parsed: number
  readonly verified: number
  readonly schema_equal: number
  /** Answers through the gateway that are the warehouse's own; absent where no warehouse was asked. */
  readonly rows_equal?: number
  /** Those of them that are what BigQuery recorded; the others differ in the warehouse of the sandbox itself. */
  readonly rows_recorded?: number
  /** Statements that Sluice recognises and refuses, by BigQuery's name for them; they are among `different` too. */
  readonly not_served: Readonly<Record<string, number>>
  readonly different: readonly { readonly id: string; readonly why: string }[]
  /** Lines of the file that are not counted. */
  readonly left_out?: readonly { readonly id: string; readonly why: string }[]
}

type Stage = 'refused' | 'parsed' | 'verified' | 'schema_equal'
type Finding = { readonly id: string; readonly stage: Stage; readonly why: string; readonly notServed?: string }

/** How far each query that BigQuery accepted gets: read, governed and verified, and its columns as BigQuery gave them. */
export async function measureRecorded(cases: readonly RecordedCase[], verifier: Verifier): Promise<RecordedReport> {
  const findings: Finding[] = []
  for (const recorded of cases) findings.push({ id: recorded.id, ...(await follow(recorded, verifier)) })
  const reached = (...stages: readonly Stage[]) => findings.filter(({ stage }) => stages.includes(stage)).length
  return {
    total: cases.length,
    parsed: reached('parsed', 'verified', 'schema_equal'),
    verified: reached('verified', 'schema_equal'),
    schema_equal: reached('schema_equal'),
    not_served: countBy(findings.flatMap(({ notServed }) => notServed ?? [])),
    different: findings.filter(({ stage }) => stage !== 'schema_equal').map(({ id, why }) => ({ id, why })),
  }
}

async function follow(recorded: RecordedCase, verifier: Verifier): Promise<Omit<Finding, 'id'>> {
  if (parsed(recorded.sql) === undefined) return { stage: 'refused', why: 'does not parse' }
  try {
    const tables = recorded.setup === undefined ? [] : setupCatalog(recorded.setup)
    const dataset = recorded.job_config?.default_dataset === undefined ? {} : { defaultDataset: home }
    const settings = { project: home.project, parameters: parametersOf(recorded), ...dataset }
    const analyzed = understandText(recorded.sql, tables, settings)
    if (analyzed instanceof Failure) return refusedAs(recorded, analyzed)
    const governed = govern(analyzed, allowAll as Decision)
    await verifier.verify(governed, AbortSignal.timeout(20_000))
    const { outputs, dryRunOutputs = outputs } = governed
    const answered = recorded.job_config?.dry_run === true ? dryRunOutputs : outputs
    const why = schemaDiffers(answered, recorded.schema ?? [])
    return why === undefined ? { stage: 'schema_equal', why: '' } : { stage: 'verified', why }
  } catch (thrown) {
    if (thrown instanceof Failure) return { stage: 'parsed', why: reasonOf(thrown) }
    throw thrown
  }
}

/** By name where it is the kind of statement that is not served, else with what analysis says. */
function refusedAs({ sql }: RecordedCase, failure: Failure): Omit<Finding, 'id'> {
  const { kind } = statementKind(parseQuery(sql))
  return failure.code === 'statement_unsupported'
    ? { stage: 'parsed', why: `not served: ${kind}: ${failure.message}`, notServed: kind }
    : { stage: 'parsed', why: reasonOf(failure) }
}

function countBy(names: readonly string[]): Readonly<Record<string, number>> {
  return Object.fromEntries(
    [...new Set(names)].sort().map(name => [name, names.filter(other => other === name).length]),
  )
}

function reasonOf({ code, message, cause }: Failure): string {
  return `${code}: ${cause === undefined ? message : String(cause)}`
}

export function schemaDiffers(ours: readonly OutputColumn[], theirs: readonly RecordedField[]): string | undefined {
  const predicted = ours.map(({ name, type }) => `${name} ${type === undefined ? '?' : typeText(type)}`)
  const actual = theirs.map(field => `${field.name} ${recordedType(field)}`)
  const isSame = predicted.length === actual.length && predicted.every((text, at) => withoutRanges(text) === actual[at])
  return isSame ? undefined : `predicted (${predicted.join(', ')}), answered (${actual.join(', ')})`
}

function withoutRanges(type: string): string {
  return type.replace(/RANGE<\w+>/g, 'RANGE')
}

export const allowAll: DecisionFacts = {
  ...{ id: 'measure', revision: 'measure', effect: 'allow', reasons: [], masks: new Map(), rowFilters: new Map() },
  ...{ limits: {}, approvals: [], needs: [], obligations: [], redact: [], policies: [] },
}

import { existsSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { googlesqlReferenceFiles } from '../../src/tools/googlesql-reference.ts'
import { verificationOptions } from '../../src/verification/options.ts'
import { openOracle } from '../../src/verification/oracle.ts'
import { openVerifier } from '../../src/verification/verify.ts'
import { type AcceptanceReport, measureAcceptance } from './acceptance.ts'
import { type AttackCase, readCases } from './cases.ts'
import { type ColumnCase, type ColumnFinding, compareColumns } from './column-agreement.ts'
import { acceptedCases, defaultFiles, type LanguageCase, rejectCases } from './language-cases.ts'
import { measureRecorded, type RecordedReport } from './recorded.ts'
import { acceptedLines, linesNotCounted, recordedCases } from './recorded-cases.ts'
import { measureAnswers, withAnswers } from './warehouse-answers.ts'
import { worldCatalog } from './world-catalog.ts'

const { values: options } = parseArgs({
  options: {
    queries: { type: 'string', default: defaultFiles.queries },
    'must-reject': { type: 'string', default: defaultFiles.mustReject },
    recorded: { type: 'string' },
    warehouse: { type: 'boolean', default: false },
    json: { type: 'boolean', default: false },
  },
})

const openReference = () => openOracle(googlesqlReferenceFiles())

const queries = await acceptedCases(options.queries)
const acceptance = measureAcceptance(queries, await rejectCases(options['must-reject']))
const findings = await measureColumns(queries)
const recorded = options.recorded === undefined ? undefined : await measureRecording(options.recorded)
const columns = { compared: findings.length, equal: count('equal'), wider: count('wider'), narrower: count('narrower') }
console.log(
  options.json ? JSON.stringify({ ...acceptance, columns, ...(recorded && { recorded }) }) : table(acceptance),
)

function count(verdict: ColumnFinding['verdict']): number {
  return findings.filter(finding => finding.verdict === verdict).length
}

/** Over the world of the attacks: its attacks and honest queries, and whatever of the corpus its tables answer. */
async function measureColumns(accepted: readonly LanguageCase[]): Promise<readonly ColumnFinding[]> {
  if (!existsSync(defaultFiles.world)) return []
  const world = [
    ...(await readCases<AttackCase>(defaultFiles.attacks)),
    ...(await readCases<AttackCase>(defaultFiles.controls)),
  ]
  const asked = world.flatMap(({ id, sql, fixture }): ColumnCase[] => {
    if (sql === undefined) return []
    const defaultDataset = fixture.default_dataset?.split('.').at(-1)
    return [{ id, sql, ...(defaultDataset === undefined ? {} : { defaultDataset }) }]
  })
  const others = accepted.map(({ id, sql }): ColumnCase => ({ id: String(id), sql }))
  const tables = await worldCatalog(defaultFiles.world, await openReference())
  return compareColumns([...asked, ...others], tables, openReference)
}

async function measureRecording(path: string): Promise<RecordedReport> {
  const verifier = await openVerifier(verificationOptions.parse({ timeoutMs: 20_000 }), {
    reference: googlesqlReferenceFiles(),
  })
  try {
    const measured = await measureRecorded(await recordedCases(path), verifier)
    const report = { ...measured, left_out: await linesNotCounted(path) }
    return options.warehouse ? withAnswers(report, await measureAnswers(await acceptedLines(path))) : report
  } finally {
    await verifier.close()
  }
}

function table({ kinds, must_reject, median_us, p95_us }: AcceptanceReport): string {
  const rows = Object.entries(kinds).map(([kind, { total, parsed, tables_equal }]) =>
    [kind.padEnd(8), share(parsed, total), share(tables_equal, total)].join('  '),
  )
  const { compared, equal, wider, narrower } = columns
  return [
    `${'kind'.padEnd(8)}  ${'parsed'.padEnd(21)}  tables equal`,
    ...rows,
    `must reject: ${must_reject.accepted} of ${must_reject.total} accepted`,
    `columns: ${compared} queries compared, ${equal} equal, ${wider} wider, ${narrower} narrower`,
    ...findings
      .filter(({ verdict }) => verdict !== 'equal')
      .map(({ id, verdict, difference }) => `  ${id} ${verdict}: ${difference}`),
    ...(recorded === undefined ? [] : recordedLines(recorded)),
    `lex and parse: median ${median_us} µs, p95 ${p95_us} µs`,
  ].join('\n')
}

function recordedLines(report: RecordedReport): readonly string[] {
  const { total, parsed, verified, schema_equal, rows_equal, rows_recorded, not_served, different } = report
  const { left_out = [] } = report
  return [
    `accepted by BigQuery: ${total}, parsed ${parsed}, verified ${verified}, columns as answered ${schema_equal}`,
    ...(rows_equal === undefined
      ? []
      : [`answered through the gateway as without it: ${rows_equal}, of these as recorded ${rows_recorded}`]),
    `not served: ${JSON.stringify(not_served)}`,
    ...different.map(({ id, why }) => `  ${id}: ${why}`),
    ...left_out.map(({ id, why }) => `left out: ${id}: ${why}`),
  ]
}

function share(part: number, whole: number): string {
  const percent = whole === 0 ? 100 : (part / whole) * 100
  return `${String(part).padStart(5)} of ${String(whole).padStart(4)} ${percent.toFixed(1).padStart(5)} %`
}

import { parseArgs } from 'node:util'
import { type AcceptanceReport, measureAcceptance } from './acceptance.ts'
import { acceptedCases, defaultFiles, rejectCases } from './language-cases.ts'

const { values: options } = parseArgs({
  options: {
    queries: { type: 'string', default: defaultFiles.queries },
    'must-reject': { type: 'string', default: defaultFiles.mustReject },
    json: { type: 'boolean', default: false },
  },
})

const report = measureAcceptance(await acceptedCases(options.queries), await rejectCases(options['must-reject']))
console.log(options.json ? JSON.stringify(report) : table(report))

function table({ kinds, must_reject, median_us, p95_us }: AcceptanceReport): string {
  const rows = Object.entries(kinds).map(([kind, { total, parsed, tables_equal }]) =>
    [kind.padEnd(8), share(parsed, total), share(tables_equal, total)].join('  '),
  )
  return [
    `${'kind'.padEnd(8)}  ${'parsed'.padEnd(21)}  tables equal`,
    ...rows,
    `must reject: ${must_reject.accepted} of ${must_reject.total} accepted`,
    `lex and parse: median ${median_us} µs, p95 ${p95_us} µs`,
  ].join('\n')
}

function share(part: number, whole: number): string {
  const percent = whole === 0 ? 100 : (part / whole) * 100
  return `${String(part).padStart(5)} of ${String(whole).padStart(4)} ${percent.toFixed(1).padStart(5)} %`
}

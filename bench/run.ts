import { parseArgs } from 'node:util'
import { benchParseSlope, slopeTable } from './parse-slope.ts'
import { benchPolicy } from './policy.ts'
import { benchRecord } from './record.ts'
import { benchStages, stageTable } from './stages.ts'
import { benchVerify } from './verify.ts'

const usage = `Measures Sluice on this machine. Medians of interleaved runs; compare ratios, not machines.

usage: npm run bench -- [NAME ...] [--json]`

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: { json: { type: 'boolean', default: false }, help: { type: 'boolean', default: false } },
})

/** What can be measured, one row each. */
const benches: Readonly<Record<string, () => Promise<unknown>>> = {
  stages: async () => show(await benchStages(), stageTable),
  parse: async () => show(benchParseSlope(), slopeTable),
  policy: benchPolicy,
  record: async () => {
    const options = { appendsPerWriter: 500, writers: [1, 10, 100], storeEvents: 5_000 }
    console.log(JSON.stringify(await benchRecord(options), null, 2))
  },
  verify: benchVerify,
}
const usual = ['stages', 'parse']

function show<T>(report: T, table: (report: T) => string): void {
  console.log(values.json ? JSON.stringify(report) : table(report))
}

const unknown = positionals.filter(name => benches[name] === undefined)
if (values.help || unknown.length > 0) {
  console.log(`${usage}\n  ${Object.keys(benches).join(', ')}; by default ${usual.join(' and ')}`)
  process.exit(unknown.length > 0 ? 1 : 0)
}
for (const name of positionals.length === 0 ? usual : positionals) await benches[name]?.()

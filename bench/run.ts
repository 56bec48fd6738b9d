import { parseArgs } from 'node:util'
import { benchFrontEnd, frontEndTable } from './front-end.ts'
import { benchGateway, gatewayTable } from './gateway.ts'
import { benchParseSlope, slopeTable } from './parse-slope.ts'
import { benchParsers, parsersTable } from './parsers.ts'
import { benchPolicy } from './policy.ts'
import { benchRecord } from './record.ts'
import { benchRest, restTable } from './rest.ts'
import { benchStages, stageTable } from './stages.ts'
import { benchVerify } from './verify.ts'

const usage = `Measures Sluice on this machine. Medians of interleaved runs; compare ratios, not machines.

usage: npm run bench -- [NAME ...] [--json] [--rounds N] [--upstream NAME] [--stream-mb N] [--profile DIRECTORY]
  --rounds     of gateway and rest: how often each way is taken in turn (10)
  --upstream   of gateway and rest: "at once" or "local-bigquery" (both)
  --stream-mb  of rest: size of the result that is read while the gateway's memory is watched (0: none)
  --profile    of gateway and rest: where the gateway's CPU profile goes`

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: {
    json: { type: 'boolean', default: false },
    rounds: { type: 'string', default: '10' },
    upstream: { type: 'string' },
    'stream-mb': { type: 'string', default: '0' },
    profile: { type: 'string' },
    help: { type: 'boolean', default: false },
  },
})

const doorOptions = {
  rounds: Number(values.rounds),
  ...(values.upstream === undefined ? {} : { only: values.upstream }),
  ...(values.profile === undefined ? {} : { profile: values.profile }),
}

/** What can be measured, one row each. */
const benches: Readonly<Record<string, () => Promise<unknown>>> = {
  stages: async () => show(await benchStages(), stageTable),
  parse: async () => show(benchParseSlope(), slopeTable),
  'front-end': async () => show(await benchFrontEnd(), frontEndTable),
  parsers: async () => show(await benchParsers(), parsersTable),
  gateway: async () => show(await benchGateway(doorOptions), gatewayTable),
  rest: async () => show(await benchRest({ ...doorOptions, streamMb: Number(values['stream-mb']) }), restTable),
  policy: benchPolicy,
  record: async () => {
    const options = { appendsPerWriter: 500, writers: [1, 10, 100], storeEvents: 5_000 }
    console.log(JSON.stringify(await benchRecord(options), null, 2))
  },
  verify: benchVerify,
}
const usual = ['stages', 'front-end', 'parsers', 'parse']

function show<T>(report: T, table: (report: T) => string): void {
  console.log(values.json ? JSON.stringify(report) : table(report))
}

const unknown = positionals.filter(name => benches[name] === undefined)
if (values.help || unknown.length > 0) {
  console.log(`${usage}\n  ${Object.keys(benches).join(', ')}; by default ${usual.join(', ')}`)
  process.exit(unknown.length > 0 ? 1 : 0)
}
for (const name of positionals.length === 0 ? usual : positionals) await benches[name]?.()

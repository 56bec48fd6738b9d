import { parseArgs } from 'node:util'
import { benchPolicy } from './policy.ts'
import { benchRecord } from './record.ts'
import { benchVerify } from './verify.ts'

/** What can be measured, one row each. */
const benches: Readonly<Record<string, () => Promise<unknown>>> = {
  policy: benchPolicy,
  record: async () => {
    const options = { appendsPerWriter: 500, writers: [1, 10, 100], storeEvents: 5_000 }
    console.log(JSON.stringify(await benchRecord(options), null, 2))
  },
  verify: benchVerify,
}

const { positionals } = parseArgs({ allowPositionals: true })
const unknown = positionals.filter(name => benches[name] === undefined)
if (unknown.length > 0) {
  console.error(`There is no ${unknown.join(', ')}; there are ${Object.keys(benches).join(', ')}.`)
  process.exit(1)
}
for (const [name, bench] of Object.entries(benches)) {
  if (positionals.length === 0 || positionals.includes(name)) await bench()
}

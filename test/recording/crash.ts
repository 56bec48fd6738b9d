import { parseArgs } from 'node:util'
import { crashRounds } from './crash-rounds.ts'

/** `npm run crash -- --rounds 200 --json`: exits with 1 where anything was lost, doubled, or ran without a record. */
const { values } = parseArgs({
  options: { rounds: { type: 'string', default: '20' }, json: { type: 'boolean', default: false } },
})
const report = await crashRounds(Number(values.rounds), done => {
  if (done % 10 === 0) console.error(`${done} rounds`)
})
console.log(values.json ? JSON.stringify(report) : report)
const { lost, duplicated, unrecorded, unclosed, findings } = report
process.exitCode = lost + duplicated + unrecorded + unclosed + findings === 0 ? 0 : 1

import { resolve } from 'node:path'
import { readBundle } from '../src/policy/bundle.ts'
import { compileDirectory } from '../src/policy/compile.ts'
import { type DescribableQuestion, smokeQuestion } from '../src/policy/smoke.ts'
import { tryBundle } from '../src/policy/try-bundle.ts'
import { opa } from '../src/tools/opa.ts'

const rounds = 2_000
const sizes = [
  { name: '1 table, 5 columns', tables: 1, columns: 5 },
  { name: '3 tables, 10 columns each', tables: 3, columns: 10 },
  { name: '20 tables, 50 columns each', tables: 20, columns: 50 },
]

/** Prints how long the example policy takes to decide, from the question to the decision. */
export async function benchPolicy(): Promise<void> {
  const found = await opa.find()
  if (found === undefined) throw new Error('opa is missing: npm run setup')
  const directory = resolve(import.meta.dirname, '../policies')
  const bundle = await readBundle(await compileDirectory(directory, found.path), { keys: [] })
  const limits = { maxInputBytes: 262_144, timeoutMs: 1_000 }
  const surroundings = { environment: 'bench', timeZone: 'UTC', usdPerTebibyte: 6.25, newId: () => 'bench' }
  const policy = await tryBundle(bundle, { ...limits, ...surroundings })
  for (const { name, tables, columns } of sizes) {
    const question = questionOf(tables, columns)
    const times = await timesOf(() => policy.decide(question))
    console.log(`decide  ${name}: median ${at(times, 0.5)} µs, p95 ${at(times, 0.95)} µs`)
  }
}

async function timesOf(step: () => Promise<unknown>): Promise<number[]> {
  const times: number[] = []
  for (let round = 0; round < rounds; round++) {
    const began = performance.now()
    await step()
    times.push((performance.now() - began) * 1_000)
  }
  return times.sort((left, right) => left - right)
}

function at(sorted: readonly number[], share: number): number {
  return Math.round(sorted[Math.floor(sorted.length * share)] ?? 0)
}

function questionOf(tableCount: number, columnCount: number): DescribableQuestion {
  const columns = Array.from({ length: columnCount }, (_, index) => ({
    name: `column_${index}`,
    type: { kind: 'scalar', name: 'STRING' } as const,
    tags: index === 0 ? ['pii.email'] : [],
    uses: ['select'] as const,
  }))
  const tables = Array.from({ length: tableCount }, (_, index) => {
    const table = `table_${index}`
    const ref = { project: 'acme-prod', dataset: 'crm', table }
    const facts = { kind: 'table', access: ['read'], via: [], etag: '', labels: {}, sizeBytes: 1_000 } as const
    return { ...facts, id: `acme-prod.crm.${table}`, ref, columns }
  })
  const principal = { ...smokeQuestion.principal, groups: ['analysts'] }
  return { ...smokeQuestion, principal, project: 'acme-prod', statement: { ...smokeQuestion.statement, tables } }
}

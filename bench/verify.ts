import type { CatalogTable } from '../src/model/catalog.ts'
import type { GovernedPart, GovernedSql, GovernedText } from '../src/model/governed.ts'
import { googlesqlReference, googlesqlReferenceFiles } from '../src/tools/googlesql-reference.ts'
import { verificationOptions } from '../src/verification/options.ts'
import { openVerifier, type Verifier } from '../src/verification/verify.ts'

const distinctQueries = 60
const repeats = 20
const columns = Array.from({ length: 20 }, (_, at) => `c${at}`)

/** Prints how long a governed query takes to verify, by tables read: read for the first time, and from memory. */
export async function benchVerify(): Promise<void> {
  if ((await googlesqlReference.find()) === undefined) throw new Error('googlesql-reference is missing: npm run setup')
  const options = verificationOptions.parse({ workers: 1 })
  const verifier = await openVerifier(options, { reference: googlesqlReferenceFiles() })
  try {
    await timeOf(verifier, governedQuery(1, -1))
    for (const tables of [1, 2, 4]) await benchTables(verifier, tables)
    const { agreed, cacheHits } = verifier.health()
    console.log(`verify  hit rate: ${((cacheHits / agreed) * 100).toFixed(1)} % of ${agreed} queries`)
  } finally {
    await verifier.close()
  }
}

async function benchTables(verifier: Verifier, tables: number): Promise<void> {
  const queries = Array.from({ length: distinctQueries }, (_, at) => governedQuery(tables, at))
  const first: number[] = []
  const again: number[] = []
  for (const query of queries) first.push(await timeOf(verifier, query))
  for (let round = 0; round < repeats; round++) {
    for (const query of queries) again.push(await timeOf(verifier, query))
  }
  console.log(
    `verify  ${tables} tables: distinct median ${at(first, 0.5)} ms, p95 ${at(first, 0.95)} ms; ` +
      `cached median ${at(again, 0.5)} ms, p95 ${at(again, 0.95)} ms`,
  )
}

async function timeOf(verifier: Verifier, query: GovernedSql): Promise<number> {
  const began = performance.now()
  await verifier.verify(query, AbortSignal.timeout(10_000))
  return performance.now() - began
}

function at(times: readonly number[], share: number): string {
  const sorted = [...times].sort((left, right) => left - right)
  return (sorted[Math.floor(sorted.length * share)] ?? 0).toFixed(2)
}

// The shape of a governed query: each table behind a filter and a mask in its own WITH entry, then joined.
function governedQuery(tableCount: number, number: number): GovernedSql {
  const names = Array.from({ length: tableCount }, (_, index) => `t${index}`)
  const entries = names.map(
    name => `${name}_ AS (SELECT c0, TO_HEX(SHA256(c1)) AS c1 FROM \`acme-prod.crm.${name}\` WHERE c2 = '${number}')`,
  )
  const joins = names.slice(1).map(name => ` JOIN ${name}_ ON ${name}_.c0 = t0_.c0`)
  const part: GovernedPart = {
    text: `WITH ${entries.join(', ')} SELECT t0_.c0 AS id, t0_.c1 AS email FROM t0_${joins.join('')}`,
    parameters: [],
    scans: names.map(name => ({ id: `acme-prod.crm.${name}`, hoist: `${name}_`, columns: ['c0', 'c1', 'c2'] })),
    outputs: ['id', 'email'].map(name => ({ name, lineage: [] })),
    catalog: { tables: names.map(tableNamed), variables: [], routines: [] },
    unprotected: () => '',
  }
  const { text, parameters, outputs } = part
  const applied = { masks: [], filters: [] }
  const governed: GovernedText = { text, parameters, outputs, applied, parts: [part], statementKind: 'SELECT' }
  return governed as GovernedSql
}

function tableNamed(table: string): CatalogTable {
  const type = { kind: 'scalar', name: 'STRING' } as const
  return {
    ref: { project: 'acme-prod', dataset: 'crm', table },
    kind: 'table',
    columns: columns.map(name => ({ name, type, tags: {} })),
    etag: '1',
    labels: {},
    pseudoColumns: [],
  }
}

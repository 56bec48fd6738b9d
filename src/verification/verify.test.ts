import { afterEach, expect, test } from 'vitest'
import type { CatalogTable } from '../model/catalog.ts'
import type { ColumnType, ScalarType } from '../model/column-type.ts'
import type { Failure } from '../model/failure.ts'
import type { GovernedPart, GovernedSql, GovernedText } from '../model/governed.ts'
import { googlesqlReferenceFiles } from '../tools/googlesql-reference.ts'
import { type VerificationOptions, verificationOptions } from './options.ts'
import { openVerifier, type Verifier } from './verify.ts'
import { ReadingTooSlow } from './worker-pool.ts'

const scalar = (name: ScalarType): ColumnType => ({ kind: 'scalar', name })
const column = (name: string, type: ColumnType) => ({ name, type, tags: {} })
const table = (name: string): CatalogTable => ({
  ref: { project: 'acme-prod', dataset: 'crm', table: name },
  kind: 'table',
  etag: '1',
  labels: {},
  columns: [column('id', scalar('INT64')), column('email', scalar('STRING')), column('country', scalar('STRING'))],
  pseudoColumns: [],
})

const hoisted = `WITH users_ AS (SELECT id, TO_HEX(SHA256(email)) AS email FROM \`acme-prod.crm.users\` WHERE country = 'DE')
SELECT users_.id AS id, users_.email AS email FROM users_`

const protectedQuery: Omit<GovernedPart, 'catalog'> & { readonly catalog: readonly CatalogTable[] } = {
  text: hoisted,
  parameters: [],
  scans: [{ id: 'acme-prod.crm.users', hoist: 'users_', columns: ['id', 'email', 'country'] }],
  outputs: [
    { name: 'id', type: scalar('INT64'), lineage: [] },
    { name: 'email', type: scalar('STRING'), lineage: [] },
  ],
  catalog: [table('users')],
  unprotected: () => 'SELECT id, email FROM `acme-prod.crm.users`',
}
type Changes = Partial<typeof protectedQuery>

const open: Verifier[] = []
afterEach(async () => {
  for (const verifier of open.splice(0)) await verifier.close()
})

const absent = { wasmPath: '/nonexistent/zetasql.wasm', descriptorsPath: '/nonexistent/descriptors.pb' }

async function openTested(
  options: Partial<VerificationOptions> = {},
  reference = googlesqlReferenceFiles(),
): Promise<Verifier> {
  const verifier = await openVerifier(
    { ...verificationOptions.parse({ workers: 1, timeoutMs: 15_000 }), ...options },
    { reference },
  )
  open.push(verifier)
  return verifier
}

function governed(changes: Changes = {}): GovernedSql {
  const { catalog: tables, ...part } = { ...protectedQuery, ...changes }
  const { text, parameters, outputs } = part
  const whole: GovernedText = {
    ...{ text, parameters, outputs, applied: { masks: [], filters: [] }, statementKind: 'SELECT' },
    parts: [{ ...part, catalog: { tables, variables: [], routines: [] } }],
  }
  return whole as GovernedSql
}

function verify(verifier: Verifier, changes: Changes = {}) {
  return verifier.verify(governed(changes), AbortSignal.timeout(60_000))
}

async function failure(promise: Promise<unknown>): Promise<Failure> {
  return promise.then(
    () => {
      throw new Error('Nothing failed.')
    },
    thrown => thrown,
  )
}

test('a query that both readers read alike is verified, and the second time from memory', async () => {
  const verifier = await openTested()
  expect(await verify(verifier)).toMatchObject({ by: 'googlesql', cached: false, value: { text: hoisted } })
  expect(await verify(verifier)).toMatchObject({ by: 'googlesql', cached: true })
  expect(verifier.health()).toMatchObject({ by: 'googlesql', agreed: 2, disagreed: 0, cacheHits: 1 })
})

test('a changed schema is read anew', async () => {
  const verifier = await openTested()
  await verify(verifier)
  const changed = { ...table('users'), etag: '2', columns: [column('id', scalar('INT64'))] }
  const { code, cause } = await failure(verify(verifier, { catalog: [changed], unprotected: () => 'SELECT 1' }))
  expect(code).toBe('readers_disagree')
  expect(cause).toContain('Unrecognized name')
})

const bare = 'SELECT users.id AS id, users.email AS email FROM `acme-prod.crm.users` AS users'
const both = [table('users'), table('orders')]
const disagreements: readonly (readonly [string, Changes, string])[] = [
  [
    'a table that the catalog of the query does not hold',
    { text: `${hoisted} WHERE EXISTS (SELECT 1 FROM \`acme-prod.crm.orders\`)` },
    'Table not found',
  ],
  [
    'a table that is not predicted',
    { text: `${hoisted} WHERE EXISTS (SELECT 1 FROM \`acme-prod.crm.orders\`)`, catalog: both },
    'reads acme-prod.crm.orders, which is not predicted',
  ],
  [
    'a predicted table that is not read',
    { scans: [...protectedQuery.scans, { id: 'acme-prod.crm.orders', columns: [] }], catalog: both },
    'does not read acme-prod.crm.orders',
  ],
  ['a column that does not exist', { text: hoisted.replace('SELECT id', 'SELECT id, phone') }, 'phone'],
  [
    'a column that is not predicted',
    { scans: [{ id: 'acme-prod.crm.users', hoist: 'users_', columns: ['id', 'email'] }] },
    'reads column country',
  ],
  ['a protected table outside its WITH entry', { text: bare }, 'read in [no entry], not in [users_]'],
  [
    'a protected table that is read a second time',
    { text: `${hoisted} WHERE users_.id IN (SELECT id FROM \`acme-prod.crm.users\`)` },
    'read in [users_, no entry], not in [users_]',
  ],
  [
    'a protected table inside another WITH entry',
    { text: hoisted.replaceAll('users_', 'other') },
    'read in [other], not in [users_]',
  ],
  ['another name of a column', { text: hoisted.replace('AS email FROM users_', 'AS mail FROM users_') }, 'called mail'],
  ['another type of a column', { text: hoisted.replace('users_.id AS id', "'1' AS id") }, 'is STRING, not INT64'],
  [
    'another number of columns',
    { text: hoisted.replace('AS email FROM users_', 'AS email, 1 FROM users_') },
    '3 columns',
  ],
  ['text after the query', { text: `${hoisted}; SELECT 1` }, 'Syntax error'],
  [
    'tables whose names differ in case alone',
    { catalog: [table('users'), table('Users')] },
    'cannot tell acme-prod.crm.users and acme-prod.crm.Users apart',
  ],
]

test('each way in which the readers can disagree refuses the query, and tells the client nothing of it', async () => {
  const verifier = await openTested()
  for (const [name, changes, cause] of disagreements) {
    const refused = await failure(verify(verifier, changes))
    expect(refused, name).toMatchObject({
      code: 'readers_disagree',
      cause: expect.stringContaining(cause),
      details: {},
    })
  }
  expect(verifier.health()).toMatchObject({ agreed: 0, disagreed: disagreements.length, replaced: 0 })
})

test('what the author wrote against the rules is told to the author, and is no disagreement', async () => {
  const verifier = await openTested()
  const text = hoisted.replace('users_.email AS email', 'COUNT(*) AS email')
  const unprotected = () => 'SELECT id, COUNT(*) AS email FROM `acme-prod.crm.users`'
  expect(await failure(verify(verifier, { text, unprotected }))).toMatchObject({
    code: 'query_invalid',
    details: { detail: 'SELECT list expression references column id which is neither grouped nor aggregated.' },
  })
  expect(verifier.health()).toMatchObject({ agreed: 0, disagreed: 0, mistakes: 1 })
})

test.each([
  ['named', '@country', { name: 'country' }],
  ['positional', '?', {}],
])('%s parameters are declared with their types', async (_, mark, naming) => {
  const verifier = await openTested()
  const text = hoisted.replace("'DE'", mark)
  const parameter = (name: ScalarType) => [{ ...naming, type: scalar(name), value: null }]
  expect(await verify(verifier, { text, parameters: parameter('STRING') })).toMatchObject({ by: 'googlesql' })
  const refused = await failure(verify(verifier, { text, parameters: parameter('DATE') }))
  expect(refused).toMatchObject({ code: 'readers_disagree', cause: expect.stringContaining('No matching signature') })
})

const slowText = `SELECT CASE ${'WHEN TRUE THEN 1 '.repeat(40_000)} END AS x`

test('long expressions are read, and those too deep for the analyzer refuse their query alone', async () => {
  const verifier = await openTested()
  const sumOf = (terms: number) => ({
    text: `SELECT ${Array(terms).fill('1').join(' + ')} AS x`,
    scans: [],
    outputs: [{ name: 'x', type: scalar('INT64'), lineage: [] }],
    catalog: [],
    unprotected: () => 'SELECT 1 AS x',
  })
  expect(await verify(verifier, sumOf(100))).toMatchObject({ by: 'googlesql' })
  expect(await failure(verify(verifier, sumOf(20_000)))).toMatchObject({ code: 'readers_disagree' })
  expect(verifier.health().replaced).toBe(0)
})

test('a reading beyond the deadline refuses its query, and the thread is replaced', async () => {
  // A thread that starts on a busy machine must be in time; this text takes the analyzer half a minute.
  const verifier = await openTested({ timeoutMs: 6_000 })
  await verify(verifier)
  const slow = await failure(verify(verifier, { text: slowText }))
  expect(slow).toMatchObject({ code: 'verifier_unavailable', cause: expect.any(ReadingTooSlow) })
  expect(verifier.health().replaced).toBe(1)
  expect(await verify(verifier, { text: `${hoisted} ` })).toMatchObject({ cached: false })
})

test('a thread that breaks refuses its query, and is replaced', async () => {
  const verifier = await openTested()
  const broken = { ...table('users'), etag: '2', columns: [column('id', scalar('XML' as ScalarType))] }
  const refused = await failure(verify(verifier, { catalog: [broken] }))
  expect(refused).toMatchObject({ code: 'verifier_unavailable', cause: expect.any(Error) })
  expect(verifier.health().replaced).toBe(1)
  expect(await verify(verifier)).toMatchObject({ by: 'googlesql' })
})

test('a thread that grows beyond its memory is replaced after its answer', async () => {
  const verifier = await openTested({ maxMemoryBytes: 1_000_000 })
  expect(await verify(verifier)).toMatchObject({ by: 'googlesql' })
  expect(verifier.health().replaced).toBe(1)
  expect(await verify(verifier, { text: `${hoisted} ` })).toMatchObject({ by: 'googlesql' })
})

test('more queries than may wait are refused as too many', async () => {
  const verifier = await openTested({ queueLimit: 1 })
  const [first, second] = [verify(verifier), failure(verify(verifier, { text: `${hoisted} ` }))]
  expect(await second).toMatchObject({ code: 'overloaded' })
  expect(await first).toMatchObject({ by: 'googlesql' })
})

test('a cancelled query does not wait for its reading', async () => {
  const verifier = await openTested()
  const refused = await failure(verifier.verify(governed(), AbortSignal.abort()))
  expect(refused.code).toBe('cancelled')
})

test('without the analyzer every query is refused where it is required', async () => {
  const verifier = await openTested({ mode: 'required' }, absent)
  expect(await failure(verify(verifier))).toMatchObject({ code: 'verifier_unavailable' })
  expect(verifier.health().by).toBe('nobody')
})

test('without the analyzer node-sql-parser stands in where that is allowed, and objects to tables it was not told of', async () => {
  const verifier = await openTested({ mode: 'when_available' }, absent)
  expect(await verify(verifier)).toMatchObject({ by: 'node-sql-parser' })
  const text = `${hoisted} WHERE users_.id IN (SELECT id FROM \`acme-prod.crm.orders\`)`
  expect(await failure(verify(verifier, { text }))).toMatchObject({ code: 'readers_disagree' })
  expect(await verify(verifier, { text: 'FROM `acme-prod.crm.users` |> SELECT id' })).toMatchObject({
    by: 'node-sql-parser',
  })
})

test('text on which node-sql-parser takes for ever is stopped at the deadline and gets no opinion', async () => {
  const verifier = await openTested({ mode: 'when_available', timeoutMs: 1_500 }, absent)
  const text = `SELECT ${'['.repeat(24)}1${']'.repeat(24)}`
  expect(await verify(verifier, { text })).toMatchObject({ by: 'node-sql-parser' })
  expect(verifier.health().replaced).toBe(1)
})

const counted: GovernedPart = {
  ...{ text: 'SELECT (SELECT COUNT(*) FROM `acme-prod.crm.orders`) AS value', parameters: [], unprotected: () => '' },
  ...{ scans: [{ id: 'acme-prod.crm.orders', columns: [] }], outputs: [{ name: 'value', lineage: [] }] },
  catalog: { tables: [table('orders')], variables: [], routines: [] },
}
const shown: GovernedPart = {
  ...{ text: 'SELECT `n` + 1 AS `m`', parameters: [], unprotected: () => '', scans: [] },
  outputs: [{ name: 'm', type: scalar('INT64'), lineage: [] }],
  catalog: { tables: [], variables: [{ name: 'n', type: scalar('INT64') }], routines: [] },
}

function script(text: string, parts: readonly GovernedPart[] = [counted, shown]): GovernedSql {
  const whole: GovernedText = {
    ...{ text, parts, parameters: [], outputs: shown.outputs, applied: { masks: [], filters: [] } },
    statementKind: 'SCRIPT',
  }
  return whole as GovernedSql
}

const honest = 'DECLARE `n` INT64 DEFAULT (SELECT COUNT(*) FROM `acme-prod.crm.orders`); SELECT `n` + 1 AS `m`'

test('a script is verified where every part of it is, and a part may use the variables before it', async () => {
  const verifier = await openTested()
  const signal = AbortSignal.timeout(60_000)
  expect(await verifier.verify(script(honest), signal)).toMatchObject({ by: 'googlesql', cached: false })
  expect(await verifier.verify(script(honest), signal)).toMatchObject({ cached: true })
  const wrong = { ...shown, outputs: [{ name: 'm', type: scalar('STRING'), lineage: [] }] }
  expect(await failure(verifier.verify(script(honest, [counted, wrong]), signal))).toMatchObject({
    code: 'readers_disagree',
  })
})

test('a table in a script that is in none of its parts is a disagreement', async () => {
  const verifier = await openTested()
  const hidden = `${honest}; SELECT * FROM \`acme-prod.crm.users\``
  const { code, cause } = await failure(verifier.verify(script(hidden), AbortSignal.timeout(60_000)))
  expect(code).toBe('readers_disagree')
  expect(cause).toContain('finds acme-prod.crm.users in the script')
})

import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import {
  sampleDecision,
  sampleDelivered,
  sampleDenied,
  sampleFinished,
  samplePage,
  samplePrincipal,
  sampleStarted,
  sampleStatement,
} from '../../test/fakes/sample-events.ts'
import { type RecordedState, recordedState } from '../../test/recording/recorded-state.ts'
import type { StatementClass, StatementFacts } from '../model/statement.ts'
import { auditCommand } from './audit.ts'
import { reportCommand } from './report.ts'
import { sessionsCommand } from './sessions.ts'
import { whoExportedCommand } from './who-exported.ts'
import { whoReadCommand } from './who-read.ts'

let state: RecordedState
const bob = samplePrincipal({ subject: 'bob', email: 'bob@example.com' })
const column = 'acme-prod.crm.customers.email'

beforeAll(async () => {
  const started = sampleStarted()
  const unmasked = sampleStarted({ principal: bob, decision: sampleDecision({ masks: new Map() }) })
  state = await recordedState([
    started,
    sampleDelivered(
      started,
      samplePage([
        ['a', 'DE'],
        ['b', 'DE'],
      ]),
    ),
    sampleFinished(started, { page: samplePage([['c', 'FR']], 1), rowsDelivered: 1 }),
    unmasked,
    sampleFinished(unmasked, { rowsDelivered: 1 }),
    sampleDenied({ principal: samplePrincipal({ subject: 'eve', email: 'eve@example.com' }) }),
  ])
}, 120_000)
afterAll(() => state.close())

const parsed = (text: string) =>
  text
    .trimEnd()
    .split('\n')
    .map(line => JSON.parse(line))

describe('sluice who-read', () => {
  test('tells who read a column, how often unmasked, and who was denied it', async () => {
    const readers = parsed(await state.run(whoReadCommand, column, '--json', '--since', '1d'))
    const of = (email: string) => readers.find(reader => reader.email === email)
    expect(of('ada@example.com')).toMatchObject({ queries: 1, unmasked: 0, denied: 0, masks: ['sha256'] })
    expect(of('bob@example.com')).toMatchObject({ queries: 1, unmasked: 1, denied: 0, masks: [] })
    expect(of('eve@example.com')).toMatchObject({ queries: 0, unmasked: 0, denied: 1, uses: ['select'] })
  })

  test('takes the end of a name, and prints a table', async () => {
    expect(await state.run(whoReadCommand, 'customers.email')).toMatch(/bob@example.com +agent +1 +1 +0 +select/)
    expect(await state.run(whoReadCommand, 'customers.mail')).toBe('Nobody read customers.mail.\n')
    expect(await state.run(whoReadCommand, column, '--until', '1d')).toBe(`Nobody read ${column}.\n`)
    await expect(state.run(whoReadCommand, 'email')).rejects.toThrow('"email" is not TABLE.COLUMN')
  })
})

/** A statement that touches these tables, as far as the question is concerned. */
function moved(kind: string, statementClass: StatementClass, ids: readonly string[]): StatementFacts {
  const facts = sampleStatement('')
  const [access] = facts.tables
  if (access === undefined) throw new Error('the sample has a table')
  const statements = kind === 'SCRIPT' ? { statements: [{ kind: 'EXPORT_DATA', class: 'export' as const }] } : {}
  const tables = ids.map(id => ({ ...access, id: id as typeof access.id }))
  return { ...facts, ...statements, kind, class: statementClass, tables }
}

describe('sluice who-exported', () => {
  test('adds up the rows that each person took, over all pages', async () => {
    const exporters = parsed(await state.run(whoExportedCommand, 'crm.customers', '--json'))
    expect(exporters.map(({ email, rows, largest, queries }) => [email, rows, largest, queries])).toEqual([
      ['ada@example.com', 3, 3, 1],
      ['bob@example.com', 1, 1, 1],
    ])
    expect(parsed(await state.run(whoExportedCommand, '--json', '--min-rows', '2'))).toHaveLength(1)
    expect(await state.run(whoExportedCommand, 'crm.orders')).toBe('Nobody took anything.\n')
  })

  test.each([
    ['an extract job', 'EXTRACT', 'export', ['acme-prod.hr.pay'], { exports: 1, copies: 0 }],
    ['EXPORT DATA', 'EXPORT_DATA', 'export', ['acme-prod.hr.pay'], { exports: 1, copies: 0 }],
    ['a script that exports', 'SCRIPT', 'script', ['acme-prod.hr.pay'], { exports: 1, copies: 0 }],
    ['a copy to another project', 'COPY', 'ddl', ['acme-prod.hr.pay', 'other-place.hr.pay'], { exports: 0, copies: 1 }],
    ['a query into another project', 'SELECT_INTO_TABLE', 'write', ['a.hr.pay', 'b.hr.pay'], { exports: 0, copies: 1 }],
  ] as const)('counts %s', async (name, kind, statementClass, tables, counts) => {
    const taker = samplePrincipal({ subject: name, email: `${kind}@example.com` })
    await state.recorder.record(sampleStarted({ principal: taker, statement: moved(kind, statementClass, tables) }))
    await state.recorder.flush(10_000)
    const exporters = parsed(await state.run(whoExportedCommand, 'hr.pay', '--json', '--since', '1h'))
    expect(exporters.find(({ email }) => email === `${kind}@example.com`)).toMatchObject({ rows: 0, ...counts })
  })

  test.each([
    ['a copy within a project', 'COPY', 'ddl', ['acme-prod.hr.near', 'acme-prod.hr.pay']],
    ['a query over two projects', 'SELECT', 'read', ['acme-prod.hr.near', 'other-place.hr.pay']],
  ] as const)('does not count %s', async (_, kind, statementClass, tables) => {
    await state.recorder.record(sampleStarted({ statement: moved(kind, statementClass, tables) }))
    await state.recorder.flush(10_000)
    expect(await state.run(whoExportedCommand, 'hr.near')).toBe('Nobody took anything.\n')
  })

  test('counts large reads, of whom took at least so many rows', async () => {
    const reader = samplePrincipal({ subject: 'carl', email: 'carl@example.com' })
    const started = sampleStarted({ principal: reader, statement: moved('SELECT', 'read', ['acme-prod.hr.large']) })
    await state.recorder.record(started)
    await state.recorder.record({ ...sampleFinished(started), principal: reader, rowsDelivered: 50_000 })
    await state.recorder.flush(10_000)
    const of = (minRows: string) => state.run(whoExportedCommand, 'hr.large', '--min-rows', minRows, '--json')
    expect(parsed(await of('50000'))).toMatchObject([{ email: 'carl@example.com', rows: 50_000, largest: 50_000 }])
    expect(await of('50001')).toBe('')
  })
})

describe('every reading', () => {
  test('is on record: who asked, and what', async () => {
    await state.run(whoReadCommand, 'customers.email')
    await state.recorder.flush(10_000)
    const question = JSON.stringify({ ask: 'who_read', column: 'customers.email' })
    const answer = await state.recorder.store?.client.query({
      query: `SELECT email, principal_kind, protocol, statement_kind, tables FROM sluice.events
        WHERE action = 'records.who_read' AND sql = {question:String} LIMIT 1`,
      query_params: { question },
      format: 'JSONEachRow',
    })
    expect(await answer?.json()).toEqual([
      {
        ...{ email: 'erin@acme.example', principal_kind: 'human', protocol: 'console' },
        ...{ statement_kind: 'AUDIT_READ', tables: ['_sluice.records.column_access'] },
      },
    ])
    const reads = await state.run(sessionsCommand, 'list', '--table', '_sluice.records.column_access')
    expect(reads).toContain('erin@acme.example')
  })
})

describe('sluice audit verify', () => {
  test('proves the store and the segments, with the key that lies in the spool', async () => {
    expect(await state.run(auditCommand, 'verify')).toMatch(
      /^\d+ events and \d+ rows of 1 writers, 1 checkpoints \(signatures checked\), \d+ events not yet signed, 0 expired.\nNothing/,
    )
    const spool = join(state.path, 'spool')
    const report = JSON.parse(await state.run(auditCommand, 'verify', '--segments', spool, '--json'))
    expect(report).toMatchObject({ areSignaturesChecked: true, findings: [] })
    expect(report.events).toBeGreaterThanOrEqual(6)
  })

  test('names what an anchor has and the store has not, and fails', async () => {
    const anchor = join(state.path, 'anchor.ndjson')
    const answer = await state.recorder.store?.client.query({
      query: 'SELECT * EXCEPT batch_id FROM sluice.checkpoints',
      format: 'JSONEachRow',
      clickhouse_settings: { output_format_json_quote_64bit_integers: 0 },
    })
    const [signed] = (await answer?.json<object>()) ?? []
    await writeFile(anchor, `${JSON.stringify({ ...signed, last_seq: 9 })}\n`)
    expect(await state.run(auditCommand, 'verify', '--anchor', anchor)).toContain('checkpoint_forged')
    expect(process.exitCode).toBe(1)
    process.exitCode = undefined
  })
})

describe('sluice report', () => {
  test('writes every dashboard with what is on record', async () => {
    const out = join(state.path, 'report.html')
    expect(await state.run(reportCommand, '--since', '1d', '--out', out)).toBe(`${out} is written.\n`)
    const page = await readFile(out, 'utf8')
    expect(page).toContain('acme-prod.crm.customers')
    expect(page).toContain('ada@example.com')
  })
})

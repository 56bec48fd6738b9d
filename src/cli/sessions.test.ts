import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import {
  sampleDecision,
  sampleDelivered,
  sampleDenied,
  sampleFinished,
  sampleOrigin,
  samplePage,
  samplePrincipal,
  sampleStarted,
} from '../../test/fakes/sample-events.ts'
import { type RecordedState, recordedState } from '../../test/recording/recorded-state.ts'
import { parseFactor } from './parse-argument.ts'
import { sessionsCommand } from './sessions.ts'

let state: RecordedState
const began = Date.parse('2026-05-04T10:00:00Z')
const at = (seconds: number) => new Date(began + seconds * 1_000)

beforeAll(async () => {
  const started = sampleStarted({ at: at(0) })
  const page = samplePage([
    ['9f86d081884c', 'DE'],
    ['steer\u001b[31m', 'FR'],
  ])
  const reasons = [{ code: 'pii_filtered', message: 'Do not filter on email.', policy: 'rules.pii' }]
  const decision = sampleDecision({ effect: 'deny', reasons })
  const bob = samplePrincipal({ subject: 'bob', email: 'bob@example.com' })
  state = await recordedState([
    started,
    { ...sampleDelivered(started, page), at: at(2) },
    sampleFinished(started, { at: at(2), page: samplePage([], 1), rowsDelivered: 0 }),
    sampleDenied({ at: at(92), decision, reasons }),
    sampleDenied({ at: at(5), principal: bob, origin: sampleOrigin({ sessionId: 'session-2' }) }),
  ])
}, 120_000)
afterAll(() => state.close())

const run = (...words: string[]) => state.run(sessionsCommand, ...words)

describe('sluice sessions', () => {
  test('list gives a line for each session, the latest first', async () => {
    const lines = (await run('list')).trimEnd().split('\n')
    expect(lines.slice(2).map(line => line.split(/\s+/).slice(0, 2))).toEqual([
      ['session-1', 'ada@example.com'],
      ['session-2', 'bob@example.com'],
    ])
  })

  test('list narrows, and prints JSON a line', async () => {
    const lines = (await run('list', '--json', '--person', 'bob', '--since', '2026-05-04')).trimEnd().split('\n')
    expect(lines.map(line => JSON.parse(line))).toMatchObject([{ sessionId: 'session-2', denied: 1 }])
    expect(await run('list', '--person', 'nobody')).toBe('No sessions are on record.\n')
  })

  test('show tells what was asked, decided and run, with pauses and rows', async () => {
    const text = await run('show', 'session-1')
    expect(text).toContain('ada@example.com (https://id.example#ada), agent, with claude')
    expect(text).toMatch(/10:00:00.000 {2}STARTED {2}execute_sql\n {2}asked {4}SELECT email, country FROM crm/)
    expect(text).toContain('ran      SELECT TO_HEX(SHA256(`email`))')
    expect(text).toContain('masks    acme-prod.crm.customers.email=sha256')
    expect(text).toContain('+2.0 s  DELIVERED')
    expect(text).toMatch(/email +country\n +─+ {2}─+\n +9f86d081884c +DE\n/)
    expect(text).toContain('+1 min 30 s  DENIED')
    expect(text).toContain('because  Do not filter on email.')
  })

  test('show never sends control characters of a record to the terminal', async () => {
    const text = await run('show', 'session-1')
    expect(text).not.toContain('\u001b')
    expect(text).toContain('steer\\u001b[31m')
  })

  test('show as JSON has every event and page', async () => {
    const record = JSON.parse(await run('show', 'session-1', '--json'))
    expect(record.events).toHaveLength(4)
    expect(record.pages).toHaveLength(2)
  })

  test('replay prints the same events, with the pauses that were', async () => {
    const asked = performance.now()
    const text = await run('replay', 'session-1', '--speed', '100')
    expect(performance.now() - asked).toBeGreaterThan(900)
    expect(text.match(/STARTED|DELIVERED|FINISHED|DENIED/g)).toEqual(['STARTED', 'DELIVERED', 'FINISHED', 'DENIED'])
  })

  test('list narrows by agent, reason and cost', async () => {
    const found = async (...words: string[]) => {
      const lines = (await run('list', '--json', ...words)).split('\n').filter(line => line !== '')
      return lines.map(line => JSON.parse(line).sessionId)
    }
    expect(await found('--min-bytes', '10485760', '--table', 'acme-prod.crm.customers')).toEqual(['session-1'])
    expect(await found('--min-bytes', '10485761')).toEqual([])
    expect(await found('--agent', 'CLAU')).toEqual(['session-1', 'session-2'])
    expect(await found('--reason', 'pii_filtered', '--until', '2026-05-04T10:00:10Z')).toEqual(['session-2'])
  })

  test('export gives every row of a session as JSON, one a line', async () => {
    const lines = (await run('export', 'session-1')).trimEnd().split('\n')
    const rows = lines.map(line => JSON.parse(line))
    const count = (record: string) => rows.filter(row => row.record === record).length
    expect([count('events'), count('column_access'), count('results')]).toEqual([4, 4, 2])
    expect(new Set(rows.map(row => row.session_id))).toEqual(new Set(['session-1']))
  })

  test('tail gives events from then on, and those that come in while it runs, each once', async () => {
    const tail = run(
      'tail',
      '--since',
      '2026-05-04T10:01:00Z',
      '--json',
      '--count',
      '3',
      '--table',
      'acme-prod.crm.customers',
    )
    await state.recorder.record(sampleDenied({ origin: sampleOrigin({ sessionId: 'session-3' }) }))
    await state.recorder.record(sampleDenied({ origin: sampleOrigin({ sessionId: 'session-3' }) }))
    const events = (await tail)
      .trimEnd()
      .split('\n')
      .map(line => JSON.parse(line))
    expect(events.map(({ type }) => type)).toEqual(['denied', 'denied', 'denied'])
    expect(new Set(events.map(({ event_id }) => event_id)).size).toBe(3)
  })

  test('tail says whose events they are, once for those of one session', async () => {
    const lines = await run('tail', '--since', '2026-05-04T00:00:00Z', '--count', '4', '--person', 'ada')
    expect(lines.match(/^Session session-1\n\S+@\S+ .*, with /gm)).toHaveLength(1)
    expect(lines.match(/STARTED|DELIVERED|FINISHED|DENIED/g)).toHaveLength(4)
  })

  test('replay has no speed that is not a number above 0', () => {
    for (const text of ['fast', '0', '-1', 'Infinity']) expect(() => parseFactor(text)).toThrow('not a number above 0')
  })

  test('says what is missing where nothing runs', async () => {
    const elsewhere = sessionsCommand(() => undefined).parseAsync(['list', '--state', '/nowhere'], { from: 'user' })
    await expect(elsewhere).rejects.toThrow('is Sluice running')
  })
})

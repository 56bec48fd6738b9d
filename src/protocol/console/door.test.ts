import { afterEach, expect, test } from 'vitest'
import { type PortScript, scriptedPorts } from '../../../test/fakes/gateway-ports.ts'
import { type Listening, listen } from '../../http/listen.ts'
import { httpOptions } from '../../http/options.ts'
import { Failure } from '../../model/failure.ts'
import type { RecordQuestion } from '../../model/record-question.ts'
import { openLog } from '../../telemetry/log.ts'
import { openMetrics } from '../../telemetry/metrics.ts'
import { telemetryOptions } from '../../telemetry/options.ts'
import { mountConsole } from './mount.ts'

let listening: Listening | undefined
afterEach(() => listening?.close())

const list: RecordQuestion = { ask: 'sessions', filter: { person: 'bob' }, limit: 5 }

async function openDoor(script: PortScript = {}, rows: () => AsyncIterable<string> = twoRows) {
  const { ports, log } = scriptedPorts(script)
  const answered: RecordQuestion[] = []
  const answerRecords = (question: RecordQuestion) => {
    answered.push(question)
    log.steps.push('answer')
    return rows()
  }
  const silent = openLog(telemetryOptions.parse({ logLevel: 'silent' }))
  listening = await listen(httpOptions.parse({ port: 0, operationsPort: 0, closeTimeoutMs: 200 }), {
    ...{ log: silent, metrics: openMetrics(), notReady: () => [] },
    doors: [app => mountConsole(app, { ports, answerRecords, report: () => undefined })],
  })
  const { url } = listening
  const ask = async (body: unknown) => {
    const headers = { 'content-type': 'application/json', authorization: 'Bearer abc', 'user-agent': 'sluice-cli' }
    const answer = await fetch(new URL('/records', url), { method: 'POST', headers, body: JSON.stringify(body) })
    return { status: answer.status, text: await answer.text() }
  }
  return { ask, log, answered }
}

async function* twoRows() {
  yield '{"record":"sessions","n":1}'
  yield '{"record":"sessions","n":2}'
}

test('a reader is asked about and on record before a row is read, and gets the rows one a line', async () => {
  const { ask, log } = await openDoor()
  expect(await ask(list)).toEqual({
    status: 200,
    text: '{"record":"sessions","n":1}\n{"record":"sessions","n":2}\n',
  })
  expect(log.steps).toEqual(['decide parse', 'record finished', 'answer'])
  expect(log.events).toMatchObject([
    {
      type: 'finished',
      principal: { subject: 'alice' },
      origin: { client: { protocol: 'console', name: 'sluice-cli' } },
      asked: { action: 'records.sessions', text: JSON.stringify(list) },
      statement: { kind: 'AUDIT_READ' },
    },
  ])
})

test('policy hears of records as tables that no project of BigQuery can have', async () => {
  const { ask, log } = await openDoor()
  await ask({ ask: 'session', session: 'session-1' })
  const tables = log.questions[0]?.statement.tables.map(({ id, access }) => [id, access])
  expect(tables).toEqual([
    ['_sluice.records.events', ['read']],
    ['_sluice.records.results', ['read']],
  ])
})

test('whom policy denies gets the reasons and no row, and that is on record', async () => {
  const reasons = [{ code: 'table_not_granted', message: 'Records are not open to you.', policy: 'grants' }]
  const { ask, log, answered } = await openDoor({ decide: () => ({ effect: 'deny', reasons }) })
  const { status, text } = await ask(list)
  expect([status, JSON.parse(text).error]).toMatchObject([403, { code: 'denied', message: reasons[0]?.message }])
  expect(log.events.map(({ type }) => type)).toEqual(['denied'])
  expect(answered).toEqual([])
})

test('a mask or filter on records, which are read whole, refuses them', async () => {
  const masks = new Map([['_sluice.records.events', new Map([['sql', { kind: 'redact' } as const]])]])
  const { ask, answered } = await openDoor({ decide: () => ({ masks }) })
  expect(JSON.parse((await ask(list)).text).error).toMatchObject({ code: 'cannot_govern' })
  expect(answered).toEqual([])
})

test('nothing is read by somebody without a credential, or where the reading cannot be put on record', async () => {
  const stranger = await openDoor({ overrides: { authenticate: () => Promise.reject(new Failure('unauthenticated')) } })
  expect((await stranger.ask(list)).status).toBe(401)
  await listening?.close()
  const unrecorded = await openDoor({
    overrides: { record: () => Promise.reject(new Failure('recorder_unavailable')) },
  })
  expect((await unrecorded.ask(list)).status).toBe(503)
  expect([...stranger.answered, ...unrecorded.answered]).toEqual([])
})

test.each([
  ['a question that there is not', { ask: 'sql', text: 'SELECT 1' }],
  ['a filter that there is not', { ...list, filter: { where: '1' } }],
  ['no limit', { ask: 'sessions', filter: {} }],
])('%s is refused', async (_, body) => {
  const { ask, answered } = await openDoor()
  const { status, text } = await ask(body)
  expect([status, JSON.parse(text).error.code]).toEqual([400, 'request_invalid'])
  expect(answered).toEqual([])
})

test('a store that cannot be read is a failure with a code, not an empty answer', async () => {
  const { ask } = await openDoor({}, async function* () {
    yield* await Promise.reject<string[]>(new Failure('records_unavailable'))
  })
  expect(await ask(list)).toMatchObject({ status: 503, text: expect.stringContaining('records_unavailable') })
})

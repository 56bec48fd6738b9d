import { createHmac } from 'node:crypto'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { createServer, type IncomingHttpHeaders } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { sampleDecision, sampleDenied, sampleFinished, sampleStarted } from '../../../test/fakes/sample-events.ts'
import type { Obligation } from '../../model/decision.ts'
import { openRecorder, type Recorder } from '../open-recorder.ts'
import { recordingOptions } from '../options.ts'
import { segmentSource } from '../proof/segment-source.ts'

let path = ''
let closing: (() => Promise<unknown>)[] = []

beforeEach(async () => {
  path = await mkdtemp(join(tmpdir(), 'sluice-webhook-'))
  closing = []
})
afterEach(async () => {
  for (const close of closing.reverse()) await close()
  await rm(path, { recursive: true, force: true })
})

const secret = `whsec_${Buffer.alloc(32, 'k').toString('base64')}`

async function open(webhooks: readonly object[], deps: { now?: () => Date; failed?: (sink: string) => void } = {}) {
  const { now = () => new Date(), failed } = deps
  const options = { spoolPath: join(path, 'spool'), store: { kind: 'none' }, flushIntervalMs: 10, sinks: { webhooks } }
  const hooks = { sinkFailed: (_: unknown, sink: string) => failed?.(sink) }
  const recorder = await openRecorder(recordingOptions.parse(options), { now, hooks })
  closing.push(recorder.close)
  return recorder
}

type Got = { readonly headers: IncomingHttpHeaders; readonly body: string; readonly told: Record<string, unknown> }

/** A receiver that answers as it is told and keeps all that it got. */
async function receiver(answer: (told: Got['told']) => number): Promise<{ url: string; got: Got[] }> {
  const got: Got[] = []
  const server = createServer(async (request, response) => {
    let body = ''
    for await (const chunk of request) body += chunk
    const told = JSON.parse(body)
    got.push({ headers: request.headers, body, told })
    response.writeHead(answer(told)).end()
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  closing.push(() => new Promise(resolve => server.close(resolve)))
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/told`, got }
}

function notify(channel: string, message = 'A large read.'): Obligation {
  return { kind: 'notify', channel, message }
}

function startedWith(...obligations: Obligation[]) {
  return sampleStarted({ decision: sampleDecision({ obligations }) })
}

async function recordAll(recorder: Recorder, messages: readonly string[]): Promise<void> {
  for (const message of messages) await recorder.record(startedWith(notify('security', message)))
}

const messagesOf = (got: readonly Got[]) => got.map(({ told }) => told['message'])

describe('a webhook', () => {
  test('is told what policy wants it to be told, signed, without the text of the query', async () => {
    const { url, got } = await receiver(() => 204)
    const recorder = await open([{ url, secret, channels: ['security'] }])
    const started = startedWith(notify('security'), notify('finance'))
    const denied = sampleDenied({
      decision: sampleDecision({ effect: 'deny', obligations: [notify('security', 'Tried.')] }),
    })
    for (const event of [started, sampleFinished(started), denied, sampleStarted()]) await recorder.record(event)
    expect(await recorder.flush(5_000)).toBe(true)

    expect(got.map(({ told }) => told)).toMatchObject([
      { type: 'started', channel: 'security', message: 'A large read.', email: 'ada@example.com', effect: 'allow' },
      { type: 'denied', channel: 'security', message: 'Tried.', decision_id: denied.decision.id },
    ])
    expect(got.map(({ body }) => body).join()).not.toContain('SELECT')
    const { headers, body } = got[0] as Got
    const signed = `${headers['webhook-id']}.${headers['webhook-timestamp']}.${body}`
    const mac = createHmac('sha256', Buffer.alloc(32, 'k')).update(signed).digest('base64')
    expect(headers['webhook-signature']).toBe(`v1,${mac}`)
  })

  test('that fails is tried again, gets each once and holds up no query', async () => {
    let failures = 2
    const { url, got } = await receiver(told => (told['message'] === 'b' && failures-- > 0 ? 503 : 200))
    const failed: string[] = []
    const recorder = await open([{ url, secret }], { failed: sink => failed.push(sink) })
    await recordAll(recorder, ['a', 'b', 'c'])
    expect(await recorder.flush(5_000)).toBe(true)
    expect(messagesOf(got)).toEqual(['a', 'b', 'b', 'b', 'c'])
    expect(failed).toHaveLength(2)
    expect(failed[0]).toMatch(/^webhook-/)
  })

  test('that was down over a restart gets what was recorded before it', async () => {
    const isUp = { now: false }
    const { url, got } = await receiver(() => (isUp.now ? 200 : 503))
    const before = await open([{ url, secret }])
    await recordAll(before, ['a'])
    expect(await before.flush(200)).toBe(false)
    await before.close()
    isUp.now = true
    got.length = 0
    const after = await open([{ url, secret }])
    expect(await after.flush(5_000)).toBe(true)
    expect(messagesOf(got)).toEqual(['a'])
  }, 20_000)

  test('that stays down does not hold the spool for ever: what is too old is put aside', async () => {
    const { url, got } = await receiver(() => 503)
    const later = { ms: 0 }
    const recorder = await open([{ url, secret, giveUpMinutes: 5 }], {
      now: () => new Date(Date.now() + later.ms),
    })
    await recordAll(recorder, ['a', 'b'])
    await expect.poll(() => got.length).toBeGreaterThan(0)
    later.ms = 6 * 60_000
    expect(await recorder.flush(5_000)).toBe(true)
    const [writer = ''] = await segmentSource(join(path, 'spool')).writers()
    const aside = await readFile(join(path, 'spool', writer, 'dead-letters.ndjson'), 'utf8')
    expect(aside.trimEnd().split('\n')).toHaveLength(2)
    expect(messagesOf(got)).not.toContain('b')
  })
})

import { appendFile, mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { createServer, type IncomingMessage, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { sampleDenied, sampleFinished, sampleStarted } from '../../../test/fakes/sample-events.ts'
import { openRecorder, type Recorder } from '../open-recorder.ts'
import { recordingOptions } from '../options.ts'
import { signedHeaders } from '../proof/s3-signature.ts'
import { segmentSource } from '../proof/segment-source.ts'
import { frameLine, parseLine } from '../spool/line.ts'
import { listSegments } from '../spool/segment.ts'
import { batchOf } from './batches.ts'
import { fileSink } from './file-sink.ts'
import type { Batch } from './sink.ts'

let path = ''
let closing: (() => Promise<unknown>)[] = []

beforeEach(async () => {
  path = await mkdtemp(join(tmpdir(), 'sluice-sinks-'))
  closing = []
})
afterEach(async () => {
  for (const close of closing.reverse()) await close()
  await rm(path, { recursive: true, force: true })
})

async function open(changes: object): Promise<Recorder> {
  const options = { spoolPath: join(path, 'spool'), store: { kind: 'none' }, flushIntervalMs: 10, ...changes }
  const recorder = await openRecorder(recordingOptions.parse(options), { now: () => new Date() })
  closing.push(recorder.close)
  return recorder
}

type Got = {
  readonly method: string
  readonly url: string
  readonly headers: IncomingMessage['headers']
  readonly body: Buffer
}

/** A service that answers as it is told and keeps what it got. */
async function service(answer: (got: Got) => number): Promise<{ url: string; got: Got[] }> {
  const got: Got[] = []
  const server: Server = createServer(async (request, response) => {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk)
    const { method = '', url = '', headers } = request
    const one = { method, url, headers, body: Buffer.concat(chunks) }
    const status = answer(one)
    if (status < 300) got.push(one)
    response.writeHead(status).end()
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  closing.push(() => new Promise(resolve => server.close(resolve)))
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, got }
}

const row = (number: number) => JSON.stringify({ ts: '2026-01-01 00:00:00.000000', writer: 'w', line: number })
function batch(...numbers: number[]): Batch {
  const lines = numbers.flatMap(number => parseLine(frameLine('events', number, row(number))) ?? [])
  const made = batchOf('w', lines)
  if (made === undefined) throw new Error('no lines')
  return made
}

describe('files as a sink', () => {
  test('tell what they have, cut half a line that a crash left, and go on', async () => {
    const sink = fileSink(path)
    await sink.insert(batch(1, 2))
    const file = join(path, '2026-01', 'events-w.ndjson')
    await appendFile(file, row(3).slice(0, 20))
    expect(await sink.present(batch(1, 2, 3, 4))).toEqual(new Set([1, 2]))
    await sink.insert(batch(3, 4))
    expect(await readFile(file, 'utf8')).toBe([1, 2, 3, 4].map(number => `${row(number)}\n`).join(''))
  })

  test('get every row of every table once, over restarts', async () => {
    const sinks = { files: [{ path: join(path, 'out') }] }
    for (let round = 0; round < 3; round += 1) {
      const { record, flush, close } = await open({ sinks })
      const started = sampleStarted()
      await record(started)
      await record(sampleFinished(started))
      expect(await flush(5_000)).toBe(true)
      await close()
    }
    const [month = ''] = await readdir(join(path, 'out'))
    const names = (await readdir(join(path, 'out', month))).sort()
    expect(names.map(name => name.split('-')[0])).toEqual(['checkpoints', 'column_access', 'events', 'results'])
    const lines = await Promise.all(
      names.map(async name => (await readFile(join(path, 'out', month, name), 'utf8')).trimEnd().split('\n')),
    )
    const numbers = lines.flat().map(line => JSON.parse(line).line)
    expect(lines.map(of => of.length)).toEqual([3, 6, 6, 3])
    expect(new Set(numbers).size).toBe(numbers.length)
  })
})

describe('a decision log', () => {
  test('gets each decision as EventV1, gzipped, and again where the service failed', async () => {
    let failures = 1
    const { url, got } = await service(() => (failures-- > 0 ? 503 : 200))
    const { record, flush } = await open({ sinks: { decisionLogs: [{ url: `${url}/logs`, token: 't' }] } })
    const denied = sampleDenied()
    const started = sampleStarted()
    for (const event of [denied, started, sampleFinished(started)]) await record(event)
    expect(await flush(5_000)).toBe(true)
    const events = got.flatMap(({ body }) => JSON.parse(gunzipSync(body).toString()))
    expect(got[0]).toMatchObject({ url: '/logs', headers: { authorization: 'Bearer t', 'content-encoding': 'gzip' } })
    expect(events).toMatchObject([
      { decision_id: denied.decision.id, path: 'gateway/decision', bundles: { sluice: { revision: 'r1' } } },
      { decision_id: started.decision.id, result: { effect: 'allow' }, requested_by: started.origin.client.ip },
    ])
  })
})

describe('anchors', () => {
  test('get each checkpoint: a file, a service and a bucket, none of which holds up another', async () => {
    const isUp = { bucket: false }
    const { url, got } = await service(({ method }) => (method === 'PUT' && !isUp.bucket ? 503 : 200))
    const key = { accessKeyId: 'id', secretAccessKey: 'secret' }
    const anchors = {
      files: [{ path: join(path, 'anchor.ndjson') }],
      urls: [{ url }],
      buckets: [{ url: `${url}/bucket/sluice`, ...key }],
    }
    const { record, seal, flush } = await open({ anchors })
    await record(sampleDenied())
    await seal()
    const anchored = async () => (await readFile(join(path, 'anchor.ndjson'), 'utf8').catch(() => '')).trimEnd()
    await expect.poll(anchored).toContain('"last_seq":1')
    await expect.poll(() => got.map(({ method }) => method)).toEqual(['POST'])
    expect(got[0]?.body.toString().trimEnd()).toBe(await anchored())
    isUp.bucket = true
    expect(await flush(10_000)).toBe(true)
    const [writer] = await segmentSource(join(path, 'spool')).writers()
    const put = got.find(({ method }) => method === 'PUT')
    expect(put).toMatchObject({
      url: `/bucket/sluice/${writer}/00000000000001.json`,
      headers: { 'if-none-match': '*' },
    })
    expect(put?.body.toString().trimEnd()).toBe(await anchored())
  })

  test('keep segments on disk until the last of them has what it needs', async () => {
    const isUp = { anchor: false }
    const { url } = await service(() => (isUp.anchor ? 200 : 503))
    const out = {
      sinks: { files: [{ path: join(path, 'out') }] },
      anchors: { urls: [{ url }] },
      segmentMaxBytes: 4_096,
    }
    const { record, flush } = await open(out)
    for (let index = 0; index < 12; index += 1) await record(sampleDenied())
    const [writer = ''] = await segmentSource(join(path, 'spool')).writers()
    const segments = () => listSegments(join(path, 'spool', writer))
    expect(await flush(500)).toBe(false)
    // The first checkpoint stands in the second segment.
    expect((await segments())[0]).toBe(2)
    isUp.anchor = true
    expect(await flush(15_000)).toBe(true)
    expect((await segments())[0]).toBeGreaterThan(5)
  })
})

test('requests to a bucket are signed as AWS shows it', () => {
  // The example "PUT Object" of "Signature Calculations for the Authorization Header" in the S3 documentation.
  const key = {
    region: 'us-east-1',
    accessKeyId: 'AKIAIOSFODNN7EXAMPLE',
    secretAccessKey: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY',
  }
  const url = new URL('https://examplebucket.s3.amazonaws.com/test%24file.text')
  const headers = { date: 'Fri, 24 May 2013 00:00:00 GMT', 'x-amz-storage-class': 'REDUCED_REDUNDANCY' }
  const request = { method: 'PUT', url, headers }
  const signed = signedHeaders(request, Buffer.from('Welcome to Amazon S3.'), key, new Date('2013-05-24T00:00:00Z'))
  expect(signed.authorization).toContain('Signature=98ad721746da40c64f1a55b78f14c238d841ea1380cd77a1b5971af0ece108bd')
})

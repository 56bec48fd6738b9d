import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { sampleDelivered, sampleDenied, samplePage, sampleStarted } from '../../../test/fakes/sample-events.ts'
import { openRecorder, type Recorder } from '../open-recorder.ts'
import { recordingOptions } from '../options.ts'
import { type RecordReader, readRows } from '../read/reader.ts'
import { frameLine, parseLine } from '../spool/line.ts'
import { segmentPath } from '../spool/segment.ts'
import { audit } from './audit.ts'
import { publicKeysOf } from './check-checkpoints.ts'
import { type Checkpoint, checkpoint } from './checkpoint.ts'
import type { ProofSource } from './proof-source.ts'
import { segmentSource } from './segment-source.ts'
import { openSigningKey } from './signing-key.ts'
import { storeSource } from './store-source.ts'

let path = ''
let recorder: Recorder | undefined

beforeEach(async () => {
  path = await mkdtemp(join(tmpdir(), 'sluice-audit-'))
})
afterEach(async () => {
  await recorder?.close()
  recorder = undefined
  await rm(path, { recursive: true, force: true })
})

async function open(store: object, changes: object = {}): Promise<Recorder> {
  const options = { spoolPath: join(path, 'spool'), store, flushIntervalMs: 20, ...changes }
  recorder = await openRecorder(recordingOptions.parse(options), { now: () => new Date() })
  return recorder
}

const none = { kind: 'none' }
const embedded = () => ({ kind: 'embedded', path: join(path, 'store') })

async function auditOf(source: ProofSource, pem: string, anchored: readonly Checkpoint[] = []) {
  return audit(source, { keys: publicKeysOf([pem]), anchored })
}

const namesOf = (findings: readonly { kind: string; seq?: number }[]) => findings.map(({ kind, seq }) => [kind, seq])

describe('the proof over segments', () => {
  async function segment(): Promise<{ file: string; lines: string[]; pem: string }> {
    const { record, close, signingKey } = await open(none)
    for (let index = 0; index < 6; index += 1) await record(sampleDenied())
    await close()
    const [writer = ''] = await segmentSource(join(path, 'spool')).writers()
    const file = segmentPath(join(path, 'spool', writer), 1)
    return { file, lines: (await readFile(file, 'utf8')).split(/(?<=\n)/), pem: signingKey.publicKeyPem }
  }
  const prove = (pem: string) => auditOf(segmentSource(join(path, 'spool')), pem)

  // As an attacker would: the checksum of a line is no secret.
  function changed(line: string, change: (json: string) => string): string {
    const parsed = parseLine(Buffer.from(line))
    if (parsed === undefined) throw new Error('no line')
    return frameLine(parsed.kind, parsed.number, change(parsed.json.toString().trimEnd())).toString()
  }

  test('finds nothing where nothing was done, with every event signed', async () => {
    const { pem } = await segment()
    expect(await prove(pem)).toMatchObject({ events: 6, checkpoints: 1, unsealed: 0, findings: [] })
  })

  test('goes on over restarts, and over a segment whose process was killed', async () => {
    const { pem, file, lines } = await segment()
    // Without its last line the segment is one whose process died before the checkpoint.
    await writeFile(file, lines.slice(0, -1).join(''))
    const { record, close } = await open(none)
    await record(sampleDenied())
    await close()
    expect(await prove(pem)).toMatchObject({ events: 7, checkpoints: 2, unsealed: 0, findings: [] })
  })

  test('takes a clock that jumps for what it is', async () => {
    const { record, close, signingKey } = await open(none)
    const jumps = [0, 3_600_000, -7_200_000, 60_000, -86_400_000]
    for (const jump of jumps) await record(sampleDenied({ at: new Date(Date.now() + jump) }))
    await close()
    expect(await prove(signingKey.publicKeyPem)).toMatchObject({ events: 5, unsealed: 0, findings: [] })
  })

  test('names an event that was changed, dropped, moved or doubled', async () => {
    const { file, lines, pem } = await segment()
    const ends = lines.flatMap((line, index) => (line.startsWith('e ') ? [index + 1] : []))
    // Each event with the rows that stand before it.
    const [a = '', b = '', c = '', d = '', e = '', f = ''] = ends.map((end, index) =>
      lines.slice(ends[index - 1] ?? 1, end).join(''),
    )
    const write = (...order: string[]) => writeFile(file, [lines[0], ...order, ...lines.slice(ends.at(-1))].join(''))
    const changedEvent = (text: string) => {
      const [event = '', ...rows] = text.split(/(?<=\n)/).reverse()
      return [...rows.reverse(), changed(event, json => json.replace('Do not filter on email.', 'Fine.'))].join('')
    }
    await write(a, changedEvent(b), c, d, e, f)
    expect(namesOf((await prove(pem)).findings)).toContainEqual(['changed', 2])
    await write(a, b, d, e, f)
    expect(namesOf((await prove(pem)).findings)).toContainEqual(['missing', 3])
    await write(a, c, b, d, e, f)
    expect(namesOf((await prove(pem)).findings)).toContainEqual(['out_of_order', 2])
    await write(a, b, b, c, d, e, f)
    expect(namesOf((await prove(pem)).findings)).toContainEqual(['duplicated', 2])
    await write(a, b, c, d, e)
    expect(namesOf((await prove(pem)).findings)).toContainEqual(['missing', 6])
  })

  test('names the event where a chain was written anew, because the checkpoint is signed', async () => {
    const { file, lines, pem } = await segment()
    await writeFile(
      file,
      lines
        .map(line =>
          line.startsWith('e ') && line.includes('"seq":6')
            ? changed(line, json => json.replace('Do not filter on email.', 'Fine.'))
            : line,
        )
        .join(''),
    )
    expect(namesOf((await prove(pem)).findings)).toEqual([['rewritten', 6]])
  })

  test('does not believe a checkpoint that was changed, or signed with another key', async () => {
    const { file, lines, pem } = await segment()
    await writeFile(
      file,
      lines
        .map(line =>
          line.startsWith('k ') ? changed(line, json => json.replace('"last_seq":6', '"last_seq":5')) : line,
        )
        .join(''),
    )
    expect(namesOf((await prove(pem)).findings)).toEqual([['checkpoint_forged', 1]])
    const other = await openSigningKey(join(path, 'other.pem'))
    await writeFile(file, lines.join(''))
    expect(namesOf((await prove(other.publicKeyPem)).findings)).toEqual([['checkpoint_key_unknown', 1]])
  })
})

describe('the proof over ClickHouse', { timeout: 90_000 }, () => {
  // Sixteen events that happened, and four that say that requests were interrupted.
  async function loaded() {
    const opened = await open(embedded())
    for (let index = 0; index < 4; index += 1) {
      const started = sampleStarted()
      await opened.record(started)
      await opened.record(sampleDelivered(started, samplePage([[`row ${index}`, 'DE']])))
    }
    for (let index = 0; index < 8; index += 1) await opened.record(sampleDenied())
    const { store } = opened
    await opened.close()
    if (store === undefined) throw new Error('there is no store')
    const reopened = await open(embedded())
    await reopened.seal()
    await reopened.flush(10_000)
    const reader = { client: reopened.store?.client ?? store.client, database: 'sluice' }
    return { reader, pem: reopened.signingKey.publicKeyPem }
  }
  const prove = async (reader: RecordReader, pem: string, anchored: readonly Checkpoint[] = []) =>
    auditOf(await storeSource(reader, {}, new Date()), pem, anchored)
  const tamper = ({ client }: RecordReader, query: string) =>
    client.command({ query, clickhouse_settings: { mutations_sync: '2' } })

  test('finds nothing where nothing was done', async () => {
    const { reader, pem } = await loaded()
    const report = await prove(reader, pem)
    expect(report).toMatchObject({ writers: 1, events: 20, rows: 28, checkpoints: 2, unsealed: 0, findings: [] })
  })

  test('names each row that was changed, dropped, doubled, moved or dated back', async () => {
    const { reader, pem } = await loaded()
    const signed = await readRows(reader, checkpoint, 'SELECT * EXCEPT batch_id FROM sluice.checkpoints', {})
    await tamper(reader, "ALTER TABLE sluice.events UPDATE email = 'eve@example.com' WHERE seq = 2")
    await tamper(reader, 'ALTER TABLE sluice.events DELETE WHERE seq IN (5, 6)')
    await tamper(reader, 'INSERT INTO sluice.events SELECT * FROM sluice.events WHERE seq = 9')
    await tamper(reader, 'ALTER TABLE sluice.events UPDATE seq = if(seq = 11, 12, 11) WHERE seq IN (11, 12)')
    await tamper(
      reader,
      'INSERT INTO sluice.events SELECT * REPLACE (ts - INTERVAL 1 DAY AS ts) FROM sluice.events WHERE seq = 15',
    )
    await tamper(reader, 'ALTER TABLE sluice.events DELETE WHERE seq = 15 AND ts > now() - INTERVAL 12 HOUR')
    await tamper(reader, "ALTER TABLE sluice.column_access UPDATE mask = 'none' WHERE line = 1")
    await tamper(reader, "ALTER TABLE sluice.results DELETE WHERE rows LIKE '%row 1%'")
    await tamper(reader, 'ALTER TABLE sluice.events DELETE WHERE seq = 20')
    const found = namesOf((await prove(reader, pem)).findings)
    for (const expected of [
      ['changed', 2],
      ['row_missing', 4],
      ['missing', 5],
      ['duplicated', 9],
      ['out_of_order', 11],
      ['back_dated', 15],
      ['row_changed', 1],
      ['missing', 20],
    ]) {
      expect(found).toContainEqual(expected)
    }
    // With the checkpoint gone too, only what was anchored elsewhere tells that the end is missing.
    await tamper(reader, 'ALTER TABLE sluice.checkpoints DELETE WHERE 1')
    expect(namesOf((await prove(reader, pem)).findings)).not.toContainEqual(['missing', 20])
    const anchored = await prove(reader, pem, signed)
    expect(namesOf(anchored.findings)).toContainEqual(['missing', 20])
    expect(namesOf(anchored.findings)).toContainEqual(['checkpoint_missing', 1])
  })
})

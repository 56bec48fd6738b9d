import { appendFile, mkdtemp, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { sampleFinished, sampleStarted } from '../../../test/fakes/sample-events.ts'
import { openChange } from '../open-requests.ts'
import type { RowDraft } from '../rows/row.ts'
import { rowsOfEvent } from '../rows/rows-of-event.ts'
import { eventHash } from './chain.ts'
import { parseLine } from './line.ts'
import { readLines } from './read-lines.ts'
import { listSegments, segmentPath } from './segment.ts'
import { Spool } from './spool.ts'

const rowSettings = { tenant: 't', resultMaxRows: 10, resultMaxBytes: 1_000 }
let path = ''
let spools: Spool[] = []

beforeEach(async () => {
  path = await mkdtemp(join(tmpdir(), 'sluice-spool-'))
  spools = []
})
afterEach(async () => {
  for (const spool of spools) await spool.close().catch(() => undefined)
  await rm(path, { recursive: true, force: true })
})

async function open(settings: { spoolMaxBytes?: number; segmentMaxBytes?: number } = {}): Promise<Spool> {
  const spool = await Spool.open({ spoolPath: path, spoolMaxBytes: 1e9, segmentMaxBytes: 1e6, ...settings })
  spools.push(spool)
  return spool
}

const row = (name: string): RowDraft => ({
  table: 'events',
  json: JSON.stringify({ ts: '2026-01-01 00:00:00.000000', type: 'denied', name }),
})
const entry = (name: string) => ({ rows: [row(name)] })

type Written = { name?: string; line: number; seq?: number; prev_hash?: string; text: string }

async function linesOf(directory: string): Promise<Written[]> {
  const segments = await listSegments(directory)
  const texts = await Promise.all(segments.map(segment => readFile(segmentPath(directory, segment), 'utf8')))
  return texts
    .join('')
    .split(/(?<=\n)/)
    .flatMap(text => parseLine(Buffer.from(text)) ?? [])
    .filter(({ kind }) => kind === 'events')
    .map(({ json }) => ({ ...JSON.parse(json.toString()), text: json.toString().trimEnd() }))
}

describe('a spool', () => {
  test('writes what arrives during a write together, in order, each line after the hash of the one before', async () => {
    const spool = await open()
    await Promise.all(Array.from({ length: 200 }, (_, index) => spool.append(entry(`e${index}`), 'opening')))
    const written = await linesOf(spool.own.directory)
    expect(written.map(({ name }) => name)).toEqual(Array.from({ length: 200 }, (_, index) => `e${index}`))
    expect(written.map(({ seq }) => seq)).toEqual(Array.from({ length: 200 }, (_, index) => index + 1))
    for (const [index, { prev_hash }] of written.entries()) {
      const before = written[index - 1]
      expect(prev_hash).toBe(before === undefined ? '0'.repeat(64) : eventHash(before.text))
    }
  })

  test('begins a new segment when one is full, and goes on with the chain', async () => {
    const spool = await open({ segmentMaxBytes: 1_000 })
    for (let index = 0; index < 20; index += 1) await spool.append(entry(`e${index}`), 'opening')
    expect((await listSegments(spool.own.directory)).length).toBeGreaterThan(3)
    const written = await linesOf(spool.own.directory)
    expect(written.at(-1)?.prev_hash).toBe(eventHash(written.at(-2)?.text ?? ''))
  })

  test('goes on where it stood after a restart', async () => {
    const first = await open()
    await first.append(entry('before'), 'opening')
    await first.close()
    const second = await open()
    await second.append(entry('after'), 'opening')
    const [before, after] = await linesOf(second.own.directory)
    expect(second.own.writer).toBe(first.own.writer)
    expect(after).toMatchObject({ name: 'after', seq: 2, prev_hash: eventHash(before?.text ?? '') })
  })

  test('cuts a torn end and says how long it was', async () => {
    const first = await open()
    await first.append(entry('whole'), 'opening')
    await first.close()
    const torn = 'e 12345678 00000000000002 {"ts":"2026'
    await appendFile(segmentPath(first.own.directory, first.own.end().segment), torn)
    const second = await open()
    expect(second.tornBytes).toBe(torn.length)
    await second.append(entry('next'), 'opening')
    const written = await linesOf(second.own.directory)
    expect(written.map(({ name }) => name)).toEqual(['whole', 'next'])
    expect(written[1]?.line).toBeGreaterThan(2)
  })

  test('makes room for segments in advance, and a crash that leaves such room is no torn end', async () => {
    const first = await open({ segmentMaxBytes: 1024 ** 2 })
    for (let index = 0; index < 3; index += 1) await first.append(entry(String(index).repeat(500_000)), 'opening')
    await expect.poll(async () => (await readdir(first.own.directory)).includes('prepared')).toBe(true)
    await first.append(entry('x'), 'opening')
    const room = segmentPath(first.own.directory, first.own.end().segment)
    expect((await stat(room)).size).toBe(1024 ** 2)
    expect(first.bytes).toBeLessThan(1_600_000)
    await first.close()
    for (const segment of await listSegments(first.own.directory)) {
      await appendFile(segmentPath(first.own.directory, segment), Buffer.alloc(10_000))
    }
    const second = await open()
    expect(second.tornBytes).toBe(0)
    await second.append(entry('y'), 'opening')
    const names: unknown[] = []
    for (let at = { segment: 1, offset: 0 }; ; ) {
      const end = second.own.end()
      const { lines, corrupt, next } = await readLines(second.own.directory, at, end, { maxBytes: 1e6, maxLines: 99 })
      expect(corrupt).toEqual([])
      names.push(
        ...lines.filter(({ kind }) => kind === 'events').map(({ json }) => JSON.parse(json.toString()).name[0]),
      )
      if (next.segment === at.segment && next.offset === at.offset) break
      at = next
    }
    expect(names).toEqual(['0', '1', '2', 'x', 'y'])
  })

  test('cuts rows at the end whose event was not written any more', async () => {
    const first = await open()
    const rows = rowsOfEvent(sampleStarted(), 'event-1', rowSettings)
    await first.append({ rows }, 'opening')
    await first.close()
    const segment = segmentPath(first.own.directory, first.own.end().segment)
    const text = await readFile(segment, 'latin1')
    await writeFile(
      segment,
      text
        .split(/(?<=\n)/)
        .slice(0, -1)
        .join(''),
      'latin1',
    )
    const second = await open()
    expect(second.tornBytes).toBeGreaterThan(0)
    expect(await readFile(segment, 'latin1')).toBe(text.split(/(?<=\n)/)[0])
  })

  test('passes over a segment whose head was never written', async () => {
    const first = await open()
    await first.append(entry('before'), 'opening')
    await first.close()
    await writeFile(segmentPath(first.own.directory, 7), 'h 00000000 0000')
    const second = await open()
    await second.append(entry('after'), 'opening')
    expect((await linesOf(second.own.directory)).map(({ seq }) => seq)).toEqual([1, 2])
  })

  test('reads past a changed line and gives it apart', async () => {
    const spool = await open()
    for (const name of ['a', 'b', 'c']) await spool.append(entry(name), 'opening')
    const segment = segmentPath(spool.own.directory, 1)
    await writeFile(segment, (await readFile(segment, 'utf8')).replace('"b"', '"x"'))
    const start = { segment: 1, offset: 0 }
    const reading = await readLines(spool.own.directory, start, spool.own.end(), { maxBytes: 1e6, maxLines: 99 })
    expect(reading.lines.map(({ kind }) => kind)).toEqual(['head', 'events', 'events'])
    expect(reading.corrupt.map(({ bytes }) => bytes.toString())).toEqual([expect.stringContaining('"x"')])
    expect(reading.next).toEqual(spool.own.end())
  })

  test('reads a line that is longer than one reading', async () => {
    const spool = await open()
    await spool.append(entry('x'.repeat(5_000)), 'opening')
    const start = { segment: 1, offset: 0 }
    const first = await readLines(spool.own.directory, start, spool.own.end(), { maxBytes: 300, maxLines: 99 })
    const second = await readLines(spool.own.directory, first.next, spool.own.end(), { maxBytes: 300, maxLines: 99 })
    expect([...first.lines, ...second.lines].map(({ kind }) => kind)).toEqual(['head', 'events'])
  })
})

describe('a spool that is full', () => {
  test('takes no new request, but still closes those that run', async () => {
    const spool = await open({ spoolMaxBytes: 4_000 })
    let taken = 0
    const fill = async () => {
      for (; ; taken += 1) await spool.append(entry(`e${taken}`), 'opening')
    }
    await expect(fill()).rejects.toThrow(/at most 4000 bytes/)
    expect(taken).toBeGreaterThan(5)
    await spool.append(entry('closing'), 'closing')
    expect((await linesOf(spool.own.directory)).length).toBe(taken + 1)
  })

  test('takes requests again when the sink has confirmed old segments', async () => {
    const spool = await open({ spoolMaxBytes: 4_000, segmentMaxBytes: 1_000 })
    const fill = async () => {
      for (;;) await spool.append(entry('e'), 'opening')
    }
    await expect(fill()).rejects.toThrow()
    await spool.dropBefore(spool.own, spool.own.end().segment)
    await spool.append(entry('again'), 'opening')
    expect((await linesOf(spool.own.directory)).at(-1)?.name).toBe('again')
  })
})

describe('a disk that fails', () => {
  test('refuses what cannot be written, loses nothing that was, and goes on when it works again', async () => {
    const spool = await open({ segmentMaxBytes: 500 })
    const away = `${path}/away`
    const taken: string[] = []
    const attempt = async (name: string) => {
      await spool.append(entry(name), 'opening')
      taken.push(name)
    }
    for (const name of ['a', 'b', 'c']) await attempt(name)
    // With a file where the directory was, no segment can be begun, and not even root can write.
    await rename(spool.own.directory, away)
    await writeFile(spool.own.directory, '')
    const outcomes = await Promise.allSettled(['d', 'e', 'f', 'g', 'h'].map(attempt))
    const later = await Promise.allSettled(['i'].map(attempt))
    expect([...outcomes, ...later].some(({ status }) => status === 'rejected')).toBe(true)
    await rm(spool.own.directory)
    await rename(away, spool.own.directory)
    await attempt('after')
    const written = await linesOf(spool.own.directory)
    expect(written.map(({ name }) => name)).toEqual(taken)
    expect(written.map(({ seq }) => seq)).toEqual(written.map((_, index) => index + 1))
  })
})

describe('several processes on one spool', () => {
  test('have a directory each', async () => {
    const [first, second] = [await open(), await open()]
    await Promise.all([first.append(entry('a'), 'opening'), second.append(entry('b'), 'opening')])
    expect(first.own.writer).not.toBe(second.own.writer)
    expect((await linesOf(first.own.directory)).map(({ name }) => name)).toEqual(['a'])
    expect((await linesOf(second.own.directory)).map(({ name }) => name)).toEqual(['b'])
  })

  test('take over what others left, once', async () => {
    const [first, second] = [await open(), await open()]
    await first.close()
    await second.close()
    const [third, fourth] = [await open(), await open()]
    expect([third.own, ...third.adopted].map(({ writer }) => writer).sort()).toEqual(
      [first.own.writer, second.own.writer].sort(),
    )
    expect(fourth.adopted).toEqual([])
  })

  test('find the requests that were running, until those are settled', async () => {
    const [first, second] = [await open(), await open()]
    const [ended, running, left] = [sampleStarted(), sampleStarted(), sampleStarted()]
    for (const event of [ended, running, sampleFinished(ended)]) {
      await first.append({ rows: rowsOfEvent(event, 'id', rowSettings), change: openChange(event) }, 'opening')
    }
    await second.append({ rows: rowsOfEvent(left, 'id', rowSettings), change: openChange(left) }, 'opening')
    await first.close()
    await second.close()
    const third = await open()
    const jobs = third.open.map(({ job }) => job.jobId).sort()
    expect(jobs).toEqual([running.job.jobId, left.job.jobId].sort())
    expect(third.open.find(({ job }) => job.jobId === left.job.jobId)).toMatchObject({
      principal: { issuer: 'https://id.example', subject: 'ada', groups: ['analysts'], attributes: { region: 'EU' } },
      origin: { sessionId: 'session-1', requestId: left.origin.requestId, client: { name: 'claude' } },
    })
  })

  test('leave nothing but their directories behind', async () => {
    const spool = await open()
    await spool.close()
    expect((await readdir(path)).every(name => name.startsWith('writer-'))).toBe(true)
  })
})

import { rm } from 'node:fs/promises'
import { type OpenChange, type OpenRequest, OpenRequests } from '../open-requests.ts'
import type { ChainRange, Seal } from '../proof/checkpoint.ts'
import type { RowDraft } from '../rows/row.ts'
import { type Chain, frameRows } from './chain.ts'
import { LineBlock } from './line.ts'
import type { Position } from './position.ts'
import { Sealing } from './sealing.ts'
import { type SegmentHead, segmentPath } from './segment.ts'
import { prepareSegment, SegmentFile } from './segment-file.ts'
import { syncDirectory } from './sync-directory.ts'

/** What one event adds. */
export type Entry = { readonly rows: readonly RowDraft[]; readonly change?: OpenChange | undefined }

type Pending = Entry & {
  readonly seals?: true
  readonly resolve: () => void
  readonly reject: (cause: unknown) => void
}

export type WriterStart = {
  readonly chain: Chain
  readonly segment: number
  readonly open: readonly OpenRequest[]
  readonly unsealed?: ChainRange
}

export type WriterSettings = { readonly segmentMaxBytes: number; readonly seal?: Seal }

/** Smaller segments come and go too fast for room to be made in advance. */
const preparedFrom = 1024 ** 2

/** Appends to the segments of one directory. Entries that arrive during a write share the next one. */
export class SpoolWriter {
  readonly #directory: string
  readonly #segmentMaxBytes: number
  readonly #open: OpenRequests
  readonly #sealing: Sealing
  /** Of the write that runs; there is one at a time. */
  readonly #block = new LineBlock()
  #chain: Chain
  #segment: number
  #file: SegmentFile | undefined
  #preparing: Promise<void> | undefined
  #durableBytes = 0
  /** Set while the file may hold bytes that nobody was promised. */
  #isDirty = false
  #pending: Pending[] = []
  #running: Promise<void> | undefined
  #isClosed = false

  constructor(directory: string, start: WriterStart, { segmentMaxBytes, seal }: WriterSettings) {
    this.#directory = directory
    this.#segmentMaxBytes = segmentMaxBytes
    this.#sealing = new Sealing(start.chain.writer, seal, start.unsealed)
    this.#chain = start.chain
    this.#segment = start.segment
    this.#open = new OpenRequests(start.open)
  }

  /** The end of what is durable: readers go no further. */
  get end(): Position {
    return { segment: this.#segment, offset: this.#durableBytes }
  }

  /** Resolves when the entry is on disk. A rejected entry left nothing behind. */
  append(entry: Entry): Promise<void> {
    return this.#enter(entry)
  }

  /** Writes a checkpoint of what has none yet. */
  async seal(): Promise<void> {
    if (this.#sealing.isDue) await this.#enter({ rows: [], seals: true })
  }

  /** Begins the first segment, so that a directory that cannot be written is found at start. */
  async begin(): Promise<void> {
    await this.#rotate()
  }

  async close(): Promise<void> {
    // A disk that takes no checkpoint has it written by the next start.
    if (!this.#isClosed) await this.seal().catch(() => undefined)
    this.#isClosed = true
    await this.#running
    await this.#preparing
    await this.#file?.close(this.#durableBytes)
    this.#file = undefined
  }

  #enter(entry: Entry & { readonly seals?: true }): Promise<void> {
    if (this.#isClosed) return Promise.reject(new Error('the spool is closed'))
    return new Promise((resolve, reject) => {
      this.#pending.push({ ...entry, resolve, reject })
      this.#running ??= this.#run()
    })
  }

  async #run(): Promise<void> {
    while (this.#pending.length > 0) {
      const group = this.#pending
      this.#pending = []
      try {
        await this.#commit(group)
        for (const { resolve } of group) resolve()
      } catch (cause) {
        this.#isDirty = true
        for (const { reject } of group) reject(cause)
      }
    }
    this.#running = undefined
  }

  async #commit(group: readonly Pending[]): Promise<void> {
    if (this.#isDirty) await this.#repair()
    if (this.#file === undefined || this.#durableBytes >= this.#segmentMaxBytes) await this.#rotate()
    const rows = group.flatMap(entry => entry.rows)
    this.#block.clear()
    const events = frameRows(rows, this.#chain, this.#block)
    const range = this.#sealing.extended(rows, this.#chain, events)
    const end = group.some(({ seals }) => seals) ? this.#sealing.frame(range, events, this.#block) : events
    const { bytes } = this.#block
    await this.#file?.write(bytes, this.#durableBytes)
    this.#chain = end
    this.#sealing.keep(end === events ? range : undefined)
    this.#durableBytes += bytes.length
    for (const { change } of group) if (change !== undefined) this.#open.apply(change)
  }

  // After a failed sync the kernel may have dropped the pages, so the file is cut and never written again.
  async #repair(): Promise<void> {
    await this.#file?.close(this.#durableBytes)
    this.#file = undefined
    this.#isDirty = false
  }

  async #rotate(): Promise<void> {
    const segment = this.#segment + 1
    const path = segmentPath(this.#directory, segment)
    const { bytes, chain } = this.#headOf(segment)
    const file = await SegmentFile.create(this.#directory, path)
    try {
      await file.write(bytes, 0)
      await syncDirectory(this.#directory)
    } catch (cause) {
      await file.close(0).catch(() => undefined)
      await rm(path, { force: true })
      throw cause
    }
    await this.#file?.close(this.#durableBytes)
    this.#file = file
    if (this.#segmentMaxBytes >= preparedFrom) this.#preparing = prepareSegment(this.#directory, this.#segmentMaxBytes)
    this.#segment = segment
    this.#durableBytes = bytes.length
    this.#chain = chain
    this.#sealing.keep(undefined)
  }

  // The checkpoint of the segment before stands in the same write as the head, so that a crash cannot part them.
  #headOf(segment: number): { bytes: Buffer; chain: Chain } {
    const { line, seq, writer, previousHash } = this.#chain
    const openedAt = new Date().toISOString()
    const unsealed = this.#sealing.range
    const head: SegmentHead = {
      ...{ format: 1, writer, segment, openedAt, seq, previousHash, open: [...this.#open.list()] },
      ...(unsealed && { unsealed }),
    }
    const block = new LineBlock()
    block.add('head', line, JSON.stringify(head))
    const chain = this.#sealing.frame(unsealed, this.#chain, block)
    return { bytes: block.bytes, chain }
  }
}

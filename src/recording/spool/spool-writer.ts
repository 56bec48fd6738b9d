import { type FileHandle, open, rm } from 'node:fs/promises'
import { type OpenChange, type OpenRequest, OpenRequests } from '../open-requests.ts'
import type { RowDraft } from '../rows/row.ts'
import { type Chain, frameRows } from './chain.ts'
import { frameLine } from './line.ts'
import type { Position } from './position.ts'
import { type SegmentHead, segmentPath } from './segment.ts'
import { syncDirectory } from './sync-directory.ts'

/** What one event adds. */
export type Entry = { readonly rows: readonly RowDraft[]; readonly change?: OpenChange | undefined }

type Pending = Entry & { readonly resolve: () => void; readonly reject: (cause: unknown) => void }

export type WriterStart = { readonly chain: Chain; readonly segment: number; readonly open: readonly OpenRequest[] }

/** Appends to the segments of one directory. Entries that arrive during a write share the next one. */
export class SpoolWriter {
  readonly #directory: string
  readonly #segmentMaxBytes: number
  readonly #open: OpenRequests
  #chain: Chain
  #segment: number
  #file: FileHandle | undefined
  #durableBytes = 0
  /** Set while the file may hold bytes that nobody was promised. */
  #isDirty = false
  #pending: Pending[] = []
  #running: Promise<void> | undefined
  #isClosed = false

  constructor(directory: string, start: WriterStart, segmentMaxBytes: number) {
    this.#directory = directory
    this.#segmentMaxBytes = segmentMaxBytes
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
    if (this.#isClosed) return Promise.reject(new Error('the spool is closed'))
    return new Promise((resolve, reject) => {
      this.#pending.push({ ...entry, resolve, reject })
      this.#running ??= this.#run()
    })
  }

  /** Begins the first segment, so that a directory that cannot be written is found at start. */
  async begin(): Promise<void> {
    await this.#rotate()
  }

  async close(): Promise<void> {
    this.#isClosed = true
    await this.#running
    await this.#file?.close()
    this.#file = undefined
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
    const { lines, chain } = frameRows(rows, this.#chain)
    const bytes = Buffer.concat(lines)
    await this.#write(bytes)
    this.#chain = chain
    this.#durableBytes += bytes.length
    for (const { change } of group) if (change !== undefined) this.#open.apply(change)
  }

  async #write(bytes: Buffer): Promise<void> {
    const file = this.#file
    if (file === undefined) throw new Error('no segment is open')
    let written = 0
    while (written < bytes.length) {
      const step = await file.write(bytes, written, bytes.length - written, this.#durableBytes + written)
      written += step.bytesWritten
    }
    await file.datasync()
  }

  // After a failed sync the kernel may have dropped the pages, so the file is cut and never written again.
  async #repair(): Promise<void> {
    if (this.#file !== undefined) {
      await this.#file.truncate(this.#durableBytes)
      await this.#file.datasync()
      await this.#file.close()
      this.#file = undefined
    }
    this.#isDirty = false
  }

  async #rotate(): Promise<void> {
    const segment = this.#segment + 1
    const path = segmentPath(this.#directory, segment)
    const { line, seq, writer, previousHash } = this.#chain
    const openedAt = new Date().toISOString()
    const head: SegmentHead = { format: 1, writer, segment, openedAt, seq, previousHash, open: [...this.#open.list()] }
    const bytes = frameLine('head', line, JSON.stringify(head))
    const file = await open(path, 'wx')
    try {
      await file.writeFile(bytes)
      await file.datasync()
      await syncDirectory(this.#directory)
    } catch (cause) {
      await file.close()
      await rm(path, { force: true })
      throw cause
    }
    await this.#file?.close()
    this.#file = file
    this.#segment = segment
    this.#durableBytes = bytes.length
  }
}

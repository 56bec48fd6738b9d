import { rm } from 'node:fs/promises'
import type { OpenRequest } from '../open-requests.ts'
import type { Seal } from '../proof/checkpoint.ts'
import { type OpenedSpool, openSpool } from './open-spool.ts'
import { beat, beatIntervalMs, release } from './ownership.ts'
import type { Position } from './position.ts'
import { markSettled } from './settled.ts'
import type { Entry } from './spool-writer.ts'
import { SpoolUsage } from './usage.ts'

export type SpoolSettings = {
  readonly spoolPath: string
  readonly spoolMaxBytes: number
  readonly segmentMaxBytes: number
  /** Makes checkpoints; without it there are none. */
  readonly seal?: Seal
}

/** Whether an entry begins something new, or belongs to a request that already runs. */
export type EntryPurpose = 'opening' | 'closing'

/** A directory to be sent: this process's own, or one that a dead process left. */
export type SpoolPart = {
  readonly directory: string
  readonly writer: string
  readonly end: () => Position
  /** What stood here when this process began may have been sent already. */
  readonly doubtfulUntil: Position
}

/** Share of the bound that is kept for closing what already runs. */
const closingReserve = 0.05
/** What the spool adds to a row: the frame, its place and its hash. */
const overheadBytes = 160

/** Events on this machine's disk until the sink has them. */
export class Spool {
  readonly own: SpoolPart
  readonly adopted: readonly SpoolPart[]
  /** Requests that were running when their process died. */
  readonly open: readonly OpenRequest[]
  readonly tornBytes: number
  readonly #opened: OpenedSpool
  readonly #maxBytes: number
  readonly #usage = new SpoolUsage()
  readonly #directories: Set<string>
  readonly #beating: NodeJS.Timeout

  private constructor(opened: OpenedSpool, maxBytes: number) {
    const { own, writer, adopted } = opened
    this.#opened = opened
    this.#maxBytes = maxBytes
    this.open = opened.open
    this.tornBytes = opened.tornBytes
    this.own = { ...own, end: () => writer.end, doubtfulUntil: own.end }
    this.adopted = adopted.map(left => ({ ...left, end: () => left.end, doubtfulUntil: left.end }))
    this.#directories = new Set([own, ...adopted].map(({ directory }) => directory))
    this.#beating = setInterval(() => this.#beat(), beatIntervalMs).unref()
  }

  static async open(settings: SpoolSettings): Promise<Spool> {
    const opened = await openSpool(settings.spoolPath, settings)
    const spool = new Spool(opened, settings.spoolMaxBytes)
    for (const { directory, end } of [spool.own, ...spool.adopted]) await spool.#usage.measure(directory, end())
    return spool
  }

  get bytes(): number {
    return this.#usage.total
  }

  /** Resolves when the entry is on disk; rejects when it is not and will not be. */
  async append(entry: Entry, purpose: EntryPurpose): Promise<void> {
    const bytes = entry.rows.reduce((sum, { json }) => sum + Buffer.byteLength(json) + overheadBytes, 0)
    const limit = purpose === 'opening' ? this.#maxBytes : this.#maxBytes * (1 + closingReserve)
    if (this.bytes + bytes > limit) throw new Error(`the spool holds ${this.bytes} of at most ${this.#maxBytes} bytes`)
    this.#usage.add(this.own.directory, bytes)
    try {
      await this.#opened.writer.append(entry)
    } catch (cause) {
      this.#usage.add(this.own.directory, -bytes)
      throw cause
    }
  }

  /** Signs what was written since the last checkpoint. */
  seal(): Promise<void> {
    return this.#opened.writer.seal()
  }

  /** Deletes the segments before this one: the sink has them. */
  dropBefore({ directory, end }: SpoolPart, segment: number): Promise<void> {
    return this.#usage.dropBefore(directory, segment, end)
  }

  /** Says that the open requests of dead processes are closed now, in this process's own segments. */
  async settleAdopted(): Promise<void> {
    for (const { directory } of this.adopted) await markSettled(directory)
  }

  /** Deletes an adopted directory once all of it is sent. Without it nothing is left of that writer here. */
  async remove({ directory }: SpoolPart): Promise<void> {
    this.#directories.delete(directory)
    this.#usage.forget(directory)
    await rm(directory, { recursive: true })
  }

  async close(): Promise<void> {
    clearInterval(this.#beating)
    await this.#opened.writer.close()
    for (const directory of this.#directories) await release(directory, this.#opened.owner)
  }

  #beat(): void {
    for (const directory of this.#directories) beat(directory, this.#opened.owner).catch(() => undefined)
  }
}

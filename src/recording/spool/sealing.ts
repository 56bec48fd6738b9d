import type { ChainRange, Seal } from '../proof/checkpoint.ts'
import type { RowDraft } from '../rows/row.ts'
import { type Chain, frameRows } from './chain.ts'
import type { LineBlock } from './line.ts'

/** What of a writer's chain no checkpoint covers yet, and how one is made. */
export class Sealing {
  readonly #writer: string
  readonly #seal: Seal | undefined
  #range: ChainRange | undefined

  constructor(writer: string, seal: Seal | undefined, range: ChainRange | undefined) {
    this.#writer = writer
    this.#seal = seal
    this.#range = range
  }

  get range(): ChainRange | undefined {
    return this.#range
  }

  get isDue(): boolean {
    return this.#seal !== undefined && this.#range !== undefined
  }

  /** The range with the events of these rows, which moved the chain from one place to the other. */
  extended(rows: readonly RowDraft[], before: Chain, after: Chain): ChainRange | undefined {
    if (after.seq === before.seq) return this.#range
    const times = rows.filter(({ table }) => table === 'events').map(({ json }) => json.slice(7, 33))
    return extendRange(this.#range, times, before, after)
  }

  /** Adds the line of a range's checkpoint; none where nothing signs. */
  frame(range: ChainRange | undefined, chain: Chain, block: LineBlock): Chain {
    return range === undefined || this.#seal === undefined
      ? chain
      : frameRows([this.#seal(this.#writer, range)], chain, block)
  }

  keep(range: ChainRange | undefined): void {
    if (this.#seal !== undefined) this.#range = range
  }
}

export function extendRange(
  range: ChainRange | undefined,
  times: readonly string[],
  before: Chain,
  after: Chain,
): ChainRange {
  const all = [...(range === undefined ? [] : [range.firstAt, range.lastAt]), ...times].sort()
  return {
    firstSeq: range?.firstSeq ?? before.seq + 1,
    lastSeq: after.seq,
    firstHash: range?.firstHash ?? before.previousHash,
    lastHash: after.previousHash,
    firstAt: all[0] ?? '',
    lastAt: all.at(-1) ?? '',
  }
}

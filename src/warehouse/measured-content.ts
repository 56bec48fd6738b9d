import { createHash, type Hash } from 'node:crypto'
import type { Content } from '../model/transfer.ts'

/** Counts and hashes bytes on their way. */
export type Meter = {
  readonly measure: (content: AsyncIterable<Uint8Array>) => AsyncIterable<Uint8Array>
  /** Takes back what was measured beyond `bytes`, which did not arrive; whose hash nobody can tell then. */
  readonly rewind: (bytes: number) => void
  readonly content: () => Content
}

export function openMeter(): Meter {
  let hash: Hash | undefined = createHash('sha256')
  let bytes = 0
  return {
    async *measure(content) {
      for await (const part of content) {
        bytes += part.length
        hash?.update(part)
        yield part
      }
    },
    rewind(arrived) {
      if (arrived === bytes) return
      bytes = arrived
      hash = undefined
    },
    content: () => ({ bytes, ...(hash === undefined ? {} : { sha256: hash.copy().digest('hex') }) }),
  }
}

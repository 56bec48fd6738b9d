import { rm, stat } from 'node:fs/promises'
import type { Position } from './position.ts'
import { listSegments, segmentPath } from './segment.ts'

/** Bytes that the segments of several directories hold. */
export class SpoolUsage {
  readonly #bytes = new Map<string, number>()
  readonly #oldest = new Map<string, number>()

  get total(): number {
    return [...this.#bytes.values()].reduce((sum, bytes) => sum + bytes, 0)
  }

  add(directory: string, bytes: number): void {
    this.#bytes.set(directory, (this.#bytes.get(directory) ?? 0) + bytes)
  }

  forget(directory: string): void {
    this.#bytes.delete(directory)
  }

  /** The last segment counts up to its end: the room after it is not used yet. */
  async measure(directory: string, end: Position): Promise<void> {
    const segments = (await listSegments(directory)).filter(segment => segment < end.segment)
    const sizes = await Promise.all(segments.map(async segment => (await stat(segmentPath(directory, segment))).size))
    this.#bytes.set(
      directory,
      sizes.reduce((sum, size) => sum + size, end.offset),
    )
  }

  /** Deletes the segments before this one. */
  async dropBefore(directory: string, segment: number, end: () => Position): Promise<void> {
    if (segment <= (this.#oldest.get(directory) ?? 0)) return
    for (const old of await listSegments(directory)) if (old < segment) await rm(segmentPath(directory, old))
    this.#oldest.set(directory, segment)
    await this.measure(directory, end())
  }
}

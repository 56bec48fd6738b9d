import { rm, stat } from 'node:fs/promises'
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

  async measure(directory: string): Promise<void> {
    const segments = await listSegments(directory)
    const sizes = await Promise.all(segments.map(async segment => (await stat(segmentPath(directory, segment))).size))
    this.#bytes.set(
      directory,
      sizes.reduce((sum, size) => sum + size, 0),
    )
  }

  /** Deletes the segments before this one. */
  async dropBefore(directory: string, segment: number): Promise<void> {
    if (segment <= (this.#oldest.get(directory) ?? 0)) return
    for (const old of await listSegments(directory)) if (old < segment) await rm(segmentPath(directory, old))
    this.#oldest.set(directory, segment)
    await this.measure(directory)
  }
}

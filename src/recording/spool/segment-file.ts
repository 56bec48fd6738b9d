import { constants } from 'node:fs'
import { type FileHandle, open, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { syncDirectory } from './sync-directory.ts'

/** Where the system has it, a write returns when its bytes are on disk, which saves a second call. */
const syncFlag: number | undefined = constants.O_DSYNC
const preparedName = 'prepared'
const zeros = Buffer.alloc(1024 ** 2)

/** A segment whose writes are durable when they return. */
export class SegmentFile {
  readonly #file: FileHandle

  private constructor(file: FileHandle) {
    this.#file = file
  }

  /** Takes the prepared file where there is one: overwriting room that is there already needs no journal of the disk's. */
  static async create(directory: string, path: string): Promise<SegmentFile> {
    const flags = constants.O_RDWR | (syncFlag ?? 0)
    const isPrepared = await rename(join(directory, preparedName), path).then(
      () => true,
      () => false,
    )
    const file = await open(path, isPrepared ? flags : flags | constants.O_CREAT | constants.O_EXCL)
    return new SegmentFile(file)
  }

  async write(bytes: Buffer, position: number): Promise<void> {
    let written = 0
    while (written < bytes.length) {
      const step = await this.#file.write(bytes, written, bytes.length - written, position + written)
      written += step.bytesWritten
    }
    if (syncFlag === undefined) await this.#file.datasync()
  }

  /** Cuts what is beyond the end, be it room that was not needed or a write that failed, and closes. */
  async close(end: number): Promise<void> {
    try {
      await this.#file.truncate(end)
      await this.#file.datasync()
    } finally {
      await this.#file.close()
    }
  }
}

/** Makes room for the next segment. A disk that has none for that may still have some for lines. */
export async function prepareSegment(directory: string, bytes: number): Promise<void> {
  const path = join(directory, preparedName)
  const building = `${path}.new`
  try {
    const file = await open(building, 'w')
    try {
      for (let at = 0; at < bytes; at += zeros.length)
        await file.write(zeros, 0, Math.min(zeros.length, bytes - at), at)
      await file.datasync()
    } finally {
      await file.close()
    }
    await rename(building, path)
    await syncDirectory(directory)
  } catch {
    // A disk that became read-only does not let it go either; nobody waits for room, so nobody is told.
    await rm(building, { force: true }).catch(() => undefined)
  }
}

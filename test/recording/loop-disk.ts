import { execFile } from 'node:child_process'
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'

const run = promisify(execFile)
const image = 'disk.img'

/**
 * A disk of our own: a file that the kernel takes for one. What a program wrote and did not sync is not in that file yet,
 * so a copy of it is what a power loss leaves.
 */
export class LoopDisk {
  /** Where its files are. */
  readonly path: string
  readonly #image: string

  private constructor(path: string, file: string) {
    this.path = path
    this.#image = file
  }

  /** Throws where this machine lets us mount nothing. */
  static async create(directory: string): Promise<LoopDisk> {
    const file = join(directory, image)
    await run('truncate', ['-s', '512M', file])
    await run('mkfs.ext4', ['-q', '-F', file])
    return LoopDisk.#mounted(join(directory, 'disk'), file)
  }

  /** The disk as it is after a power loss at this moment, beside the one that goes on. */
  async afterPowerLoss(directory: string): Promise<LoopDisk> {
    const file = join(directory, `after-${image}`)
    await run('cp', ['--sparse=always', this.#image, file])
    return LoopDisk.#mounted(join(directory, 'after'), file)
  }

  /** As an administrator or the kernel does; with open files only `abort` works, which is what a broken disk does. */
  async becomeReadOnly(how: 'ro' | 'abort'): Promise<void> {
    await run('mount', ['-o', `remount,${how}`, this.path])
  }

  async unmount(): Promise<void> {
    await run('umount', ['--lazy', this.path])
  }

  // The kernel must not write back on its own while a test runs.
  static async #mounted(path: string, file: string): Promise<LoopDisk> {
    await mkdir(path)
    await run('mount', ['-o', 'loop,commit=600', file, path])
    return new LoopDisk(path, file)
  }
}

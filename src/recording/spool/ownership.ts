import { readFileSync } from 'node:fs'
import { readdir, rename, stat, utimes, writeFile } from 'node:fs/promises'
import { hostname } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'

/** A directory has one owner file. Its name says who, so that taking it over is one rename, which one taker wins. */
const ownerPattern = /^owner-(?<host>[\w.]+)-(?<boot>\w+)-(?<pid>\d+)-(?<started>\d+)$/
const freeName = 'owner-none'
export const beatIntervalMs = 15_000
/** An owner on another machine that has been silent for this long is gone. */
const silentMs = 4 * beatIntervalMs
/** Whoever lives lets itself be heard within this. */
const listenMs = beatIntervalMs + 5_000
const pollMs = 500

export type Owner = {
  readonly host: string
  /** Which boot of the machine: process ids begin anew with each, and two machines may have one name. */
  readonly boot: string
  readonly pid: number
  readonly started: string
}

export function thisOwner(): Owner {
  const host = hostname().replaceAll(/[^\w.]/g, '_')
  return { host, boot: bootId(), pid: process.pid, started: startTicks(process.pid) ?? '0' }
}

function ownerName({ host, boot, pid, started }: Owner): string {
  return `owner-${host}-${boot}-${pid}-${started}`
}

/** Marks a directory that nobody else can know yet. */
export async function markOwned(directory: string, owner: Owner): Promise<void> {
  await writeFile(join(directory, ownerName(owner)), '')
}

/** Takes a directory whose owner has gone. False where it has a living owner, or another taker was faster. */
export async function claim(directory: string, owner: Owner, waitMs = listenMs): Promise<boolean> {
  const names = await readdir(directory)
  const current = names.find(name => name === freeName || ownerPattern.test(name))
  if (current === undefined || (current !== freeName && (await isAlive(directory, current, owner, waitMs))))
    return false
  try {
    await rename(join(directory, current), join(directory, ownerName(owner)))
    await beat(directory, owner)
    return true
  } catch {
    return false
  }
}

export async function release(directory: string, owner: Owner): Promise<void> {
  await rename(join(directory, ownerName(owner)), join(directory, freeName))
}

/** Says that the owner lives; only owners on other machines are judged by it. */
export async function beat(directory: string, owner: Owner): Promise<void> {
  const now = new Date()
  await utimes(join(directory, ownerName(owner)), now, now)
}

async function isAlive(directory: string, name: string, self: Owner, waitMs: number): Promise<boolean> {
  const { host, boot, pid, started } = ownerPattern.exec(name)?.groups ?? {}
  if (host === self.host && boot === self.boot) return startTicks(Number(pid)) === started
  const path = join(directory, name)
  const heardAt = await lastHeard(path)
  if (heardAt === undefined || Date.now() - heardAt >= silentMs) return false
  // This machine before its last boot, or another one of the same name: only what is heard from now on tells.
  return host === self.host ? isHeardAfter(heardAt, path, waitMs) : true
}

async function isHeardAfter(heardAt: number, path: string, waitMs: number): Promise<boolean> {
  for (let left = waitMs; left > 0; left -= pollMs) {
    await sleep(Math.min(pollMs, left))
    if ((await lastHeard(path)) !== heardAt) return true
  }
  return false
}

function lastHeard(path: string): Promise<number | undefined> {
  return stat(path).then(
    ({ mtimeMs }) => mtimeMs,
    () => undefined,
  )
}

function bootId(): string {
  try {
    return readFileSync('/proc/sys/kernel/random/boot_id', 'latin1').replaceAll(/\W/g, '')
  } catch {
    return 'unknown'
  }
}

// A process id alone is soon given to another process; with its start time it is unique within one boot.
function startTicks(pid: number): string | undefined {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, 'latin1')
      .replace(/^.*\) /s, '')
      .split(' ')
    return fields[0] === 'Z' ? undefined : fields[19]
  } catch {
    return isRunning(pid) ? '0' : undefined
  }
}

function isRunning(pid: number): boolean {
  try {
    // Where there is no /proc, the signal 0 at least tells whether the number is in use.
    process.kill(pid, 0)
    return process.platform !== 'linux'
  } catch {
    return false
  }
}

import { readFileSync } from 'node:fs'
import { readdir, rename, stat, utimes, writeFile } from 'node:fs/promises'
import { hostname } from 'node:os'
import { join } from 'node:path'

/** A directory has one owner file. Its name says who, so that taking it over is one rename, which one taker wins. */
const ownerPattern = /^owner-(?<host>[\w.-]+)-(?<pid>\d+)-(?<started>\d+)$/
const freeName = 'owner-none'
/** An owner on another machine that has been silent for this long is gone. */
const silentMs = 60_000

export type Owner = { readonly host: string; readonly pid: number; readonly started: string }

export function thisOwner(): Owner {
  return { host: hostname().replaceAll(/[^\w.]/g, '_'), pid: process.pid, started: startTicks(process.pid) ?? '0' }
}

function ownerName({ host, pid, started }: Owner): string {
  return `owner-${host}-${pid}-${started}`
}

/** Marks a directory that nobody else can know yet. */
export async function markOwned(directory: string, owner: Owner): Promise<void> {
  await writeFile(join(directory, ownerName(owner)), '')
}

/** Takes a directory whose owner has gone. False where it has a living owner, or another taker was faster. */
export async function claim(directory: string, owner: Owner): Promise<boolean> {
  const names = await readdir(directory)
  const current = names.find(name => name === freeName || ownerPattern.test(name))
  if (current === undefined || (current !== freeName && (await isAlive(directory, current)))) return false
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

async function isAlive(directory: string, name: string): Promise<boolean> {
  const groups = ownerPattern.exec(name)?.groups
  const pid = Number(groups?.['pid'])
  if (groups?.['host'] === thisOwner().host) return startTicks(pid) === groups['started']
  const { mtimeMs } = await stat(join(directory, name))
  return Date.now() - mtimeMs < silentMs
}

// A process id alone is soon given to another process; with its start time it is unique until the next boot.
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

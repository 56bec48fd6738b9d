import { existsSync } from 'node:fs'
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'

/** Where tools are kept: outside every checkout, so that none is fetched twice. */
export function toolCachePath(): string {
  const { SLUICE_TOOLS, XDG_CACHE_HOME } = process.env
  return SLUICE_TOOLS ?? join(XDG_CACHE_HOME ?? join(homedir(), '.cache'), 'sluice')
}

/** The folder of one tool at one version, whether it exists or not. */
export function toolFolder(name: string, version: string): string {
  return join(toolCachePath(), `${name}-${version}`)
}

export function isCached(name: string, version: string): boolean {
  return existsSync(toolFolder(name, version))
}

/**
 * Makes a tool's folder whole or not at all. `make` gets a folder that is renamed once it is done; of two set-ups at one
 * time, the second waits and finds the work done.
 */
export async function makeToolFolder(
  name: string,
  version: string,
  make: (folder: string) => Promise<void>,
): Promise<string> {
  const target = toolFolder(name, version)
  await mkdir(toolCachePath(), { recursive: true })
  const release = await acquireLock(`${target}.lock`)
  try {
    if (existsSync(target)) return target
    const draft = `${target}.new`
    await rm(draft, { recursive: true, force: true })
    await mkdir(draft)
    try {
      await make(draft)
    } catch (thrown) {
      await rm(draft, { recursive: true, force: true })
      throw thrown
    }
    await rename(draft, target)
    return target
  } finally {
    await release()
  }
}

const lockPollMs = 200

async function acquireLock(path: string): Promise<() => Promise<void>> {
  for (;;) {
    try {
      await writeFile(path, String(process.pid), { flag: 'wx' })
      return () => rm(path, { force: true })
    } catch (thrown) {
      if ((thrown as NodeJS.ErrnoException).code !== 'EEXIST') throw thrown
    }
    if (await isStale(path)) await rm(path, { force: true })
    else await sleep(lockPollMs)
  }
}

/** A lock whose owner is dead counts for nothing. */
async function isStale(path: string): Promise<boolean> {
  const pid = Number(await readFile(path, 'utf8').catch(() => 'gone'))
  if (!Number.isInteger(pid) || pid <= 0) return false
  try {
    process.kill(pid, 0)
    return false
  } catch (thrown) {
    return (thrown as NodeJS.ErrnoException).code === 'ESRCH'
  }
}

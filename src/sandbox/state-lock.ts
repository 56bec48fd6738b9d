import { readFileSync } from 'node:fs'
import { link, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'

/** Another process works on the state directory. */
export class StateInUse extends Error {
  override readonly name = 'StateInUse'
  constructor(statePath: string, pid: string) {
    super(
      `${resolve(statePath)} is in use by process ${pid}. ` +
        'Stop that one first (ctrl-C), or give this one another directory with --state.',
    )
  }
}

/** Takes a state directory for this process alone. A lock whose process is gone counts for nothing. */
export async function lockState(statePath: string): Promise<() => Promise<void>> {
  await mkdir(statePath, { recursive: true, mode: 0o700 })
  const path = join(statePath, 'lock')
  const own = `${path}.${process.pid}`
  await writeFile(own, `${process.pid} ${startOf(process.pid)}`)
  try {
    await takeLock(statePath, path, own)
  } finally {
    await rm(own, { force: true })
  }
  return () => rm(path, { force: true })
}

async function takeLock(statePath: string, path: string, own: string): Promise<void> {
  // Of several that find a dead lock, each may put it aside, but only one makes the next.
  for (let tries = 0; tries < 3; tries++) {
    try {
      return await link(own, path)
    } catch (thrown) {
      if ((thrown as NodeJS.ErrnoException).code !== 'EEXIST') throw thrown
    }
    const [pid = '', started = ''] = (await readFile(path, 'utf8').catch(() => '')).split(' ')
    if (startOf(Number(pid)) === started) throw new StateInUse(statePath, pid)
    const stale = `${own}.stale`
    await rename(path, stale).catch(() => {})
    await rm(stale, { force: true })
  }
  throw new StateInUse(statePath, 'unknown')
}

/** When a process started: with it, a number that was given out again is told from the first. `gone` where there is none. */
function startOf(pid: number): string {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, 'latin1').replace(/^.*\) /s, '')
    return fields.split(' ')[19] ?? 'unknown'
  } catch {
    return isRunning(pid) ? 'running' : 'gone'
  }
}

function isRunning(pid: number): boolean {
  try {
    return pid > 0 && process.kill(pid, 0)
  } catch {
    return false
  }
}

import { type ChildProcess, spawn } from 'node:child_process'
import { createWriteStream } from 'node:fs'
import { mkdir } from 'node:fs/promises'
import { dirname } from 'node:path'
import { createInterface } from 'node:readline'

export type ChildCommand = {
  readonly command: string
  readonly args: readonly string[]
  readonly env: Readonly<Record<string, string>>
  /** Where everything that the child says is kept, one run after another. */
  readonly logPath: string
  /** Says whether a line means that the child is ready, and what it is ready with. */
  readonly readyIn: (line: string) => string | undefined
  readonly startTimeoutMs: number
}

export type RunningChild = {
  readonly pid: number
  /** What `readyIn` found. */
  readonly ready: string
  /** Asks the child to end and waits for it; after a while it is made to. */
  readonly stop: () => Promise<void>
}

const stopTimeoutMs = 5_000
const keptLines = 20

/**
 * Starts a program and waits until it says that it is ready. Its standard input stays open as long as this process lives: a
 * child that ends at the end of its input cannot outlive us.
 */
export async function startChild(wanted: ChildCommand): Promise<RunningChild> {
  await mkdir(dirname(wanted.logPath), { recursive: true })
  const child = spawn(wanted.command, wanted.args, {
    env: { ...process.env, ...wanted.env },
    stdio: ['pipe', 'pipe', 'pipe'],
    // A process group of its own: ctrl-C reaches us alone, and we stop the children in order.
    detached: true,
  })
  child.stdin?.on('error', () => {})
  const ended = new Promise<string>(resolve => {
    child.once('error', error => resolve(error.message))
    child.once('exit', (code, signal) => resolve(`it ended with ${signal ?? `code ${code}`}`))
  })
  const stop = () => stopChild(child, ended)
  try {
    const ready = await waitUntilReady(child, ended, wanted)
    return { pid: child.pid ?? 0, ready, stop }
  } catch (thrown) {
    await stop()
    throw thrown
  }
}

async function waitUntilReady(child: ChildProcess, ended: Promise<string>, wanted: ChildCommand): Promise<string> {
  const log = createWriteStream(wanted.logPath, { flags: 'a' })
  const last: string[] = []
  let timer: NodeJS.Timeout | undefined
  const ready = new Promise<string>(resolve => {
    const read = (line: string) => {
      log.write(`${line}\n`)
      if (last.push(line) > keptLines) last.shift()
      const found = wanted.readyIn(line)
      if (found !== undefined) resolve(found)
    }
    for (const stream of [child.stdout, child.stderr]) {
      if (stream) createInterface({ input: stream }).on('line', read)
    }
  })
  const late = new Promise<string>(resolve => {
    timer = setTimeout(resolve, wanted.startTimeoutMs, `it was not ready after ${wanted.startTimeoutMs / 1000} s`)
  })
  const failed = Promise.race([ended, late]).then(why => {
    throw new Error(`${wanted.command} did not start: ${why}. ${wanted.logPath} has its output:\n${last.join('\n')}`)
  })
  void ended.then(() => log.end())
  try {
    return await Promise.race([ready, failed])
  } finally {
    clearTimeout(timer)
    // Whichever came second is of no interest.
    failed.catch(() => {})
  }
}

async function stopChild(child: ChildProcess, ended: Promise<string>): Promise<void> {
  child.kill('SIGTERM')
  const force = setTimeout(() => child.kill('SIGKILL'), stopTimeoutMs)
  await ended
  clearTimeout(force)
}

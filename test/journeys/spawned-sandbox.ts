import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { type ReadyFile, readyFile } from '../../src/sandbox/announce.ts'

const root = resolve(import.meta.dirname, '../..')
const startTimeoutMs = 90_000
const stopTimeoutMs = 30_000

export type SpawnOptions = {
  readonly statePath: string
  readonly worldPath?: string
  readonly policiesPath?: string
  readonly env?: Readonly<Record<string, string>>
}

/** `npm start` in a process of its own. */
export type SpawnedSandbox = {
  readonly ready: ReadyFile
  /** Everything that it printed so far. */
  readonly output: () => string
  /** Sends a signal and gives the exit code, or the signal that ended it. */
  readonly end: (signal: NodeJS.Signals) => Promise<number | string>
}

export async function spawnSandbox({
  statePath,
  worldPath,
  policiesPath,
  env = {},
}: SpawnOptions): Promise<SpawnedSandbox> {
  const readyPath = join(statePath, 'ready.json')
  // One that was killed could not take its file back.
  await rm(readyPath, { force: true })
  const flags = ['--state', statePath, '--port', '0', '--ready-file', readyPath]
  const { child, output, ended } = runSluice(
    [
      ...['start', ...flags],
      ...(worldPath === undefined ? [] : ['--world', resolve(worldPath)]),
      ...(policiesPath === undefined ? [] : ['--policies', resolve(policiesPath)]),
    ],
    env,
  )
  const end = async (signal: NodeJS.Signals) => {
    child.kill(signal)
    const force = setTimeout(() => child.kill('SIGKILL'), stopTimeoutMs)
    return ended.finally(() => clearTimeout(force))
  }
  try {
    return { ready: await readyWithin(readyPath, ended, output), output, end }
  } catch (thrown) {
    await end('SIGKILL')
    throw thrown
  }
}

/** A `sluice` command to its end. */
export async function sluice(...words: readonly string[]): Promise<{ code: number | string; output: string }> {
  const { ended, output } = runSluice(words, {})
  return { code: await ended, output: output() }
}

export function stateDirectory(): Promise<string> {
  return mkdtemp(join(tmpdir(), 'sluice-journey-'))
}

export function removeState(path: string): Promise<void> {
  return rm(path, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 })
}

const running = new Set<ChildProcess>()

/** Ends what a failed test left running. */
export function endLeftovers(): void {
  for (const child of running) child.kill('SIGKILL')
}

type Run = { readonly child: ChildProcess; readonly output: () => string; readonly ended: Promise<number | string> }

function runSluice(words: readonly string[], env: Readonly<Record<string, string>>): Run {
  const node = ['--disable-warning=ExperimentalWarning', 'src/bootstrap.mjs', 'src/cli/sluice.ts']
  const child = spawn(process.execPath, [...node, ...words], {
    cwd: root,
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  running.add(child)
  let text = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (chunk: string) => {
      text += chunk
    })
  }
  const ended = new Promise<number | string>(resolveEnd => {
    child.once('close', (code, signal) => {
      running.delete(child)
      resolveEnd(code ?? signal ?? 1)
    })
  })
  return { child, output: () => text, ended }
}

async function readyWithin(path: string, ended: Promise<unknown>, output: () => string): Promise<ReadyFile> {
  let isOver = false
  void ended.then(() => {
    isOver = true
  })
  for (const until = Date.now() + startTimeoutMs; Date.now() < until && !isOver; await sleep(50)) {
    const text = await readFile(path, 'utf8').catch(() => undefined)
    if (text !== undefined) return readyFile.parse(JSON.parse(text))
  }
  throw new Error(`The sandbox did not start:\n${output()}`)
}

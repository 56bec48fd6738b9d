import { type ChildProcess, spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { mkdir } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath, pathToFileURL } from 'node:url'
import type { RecorderHooks } from '../hooks.ts'
import type { EmbeddedOptions } from '../options.ts'
import { backOffMs } from '../sink/back-off.ts'
import { type ChildReply, type ChildStart, childReply, readerName, writerName } from './messages.ts'

/** The optional package `chdb` is not there, or not for this machine. Trying again cannot help. */
export class EmbeddedStoreMissing extends Error {
  override readonly name = 'EmbeddedStoreMissing'
  constructor(detail: string) {
    super(
      'The embedded store needs the optional package chdb: run `npm install chdb@3.4.0` (Linux with glibc, or macOS), ' +
        `or give the URL of a ClickHouse server, or set the store to "none". ${detail}`,
    )
  }
}

export type EmbeddedStore = {
  readonly access: { readonly url: string; readonly user: string; readonly password: string }
  readonly reader: { readonly user: string; readonly password: string }
  readonly pid: () => number | undefined
  readonly close: () => Promise<void>
}

const startTimeoutMs = 60_000
const stopTimeoutMs = 5_000
const firstStartAttempts = 5

/** Starts chDB in a child process and starts it again, on the same port, whenever it dies. */
export async function superviseStore(options: EmbeddedOptions, hooks: RecorderHooks): Promise<EmbeddedStore> {
  await mkdir(options.path, { recursive: true })
  const writer = options.password ?? randomBytes(18).toString('base64url')
  const reader = options.readerPassword ?? randomBytes(18).toString('base64url')
  const { path, maxMemoryBytes, maxQuerySeconds } = options
  const start = { path, port: options.port, passwords: { writer, reader }, maxMemoryBytes, maxQuerySeconds }
  const first = await startFirst(start)
  const watch = watchChild(first.child, { ...start, port: first.port }, hooks)
  hooks.storeStarted?.(1)
  return {
    access: { url: `http://127.0.0.1:${first.port}`, user: writerName, password: writer },
    reader: { user: readerName, password: reader },
    pid: () => watch.current().pid,
    close: watch.stop,
  }
}

// The child of a process that was killed may hold the directory for a moment longer.
async function startFirst(start: ChildStart): Promise<{ child: ChildProcess; port: number }> {
  for (let failures = 1; ; failures += 1) {
    try {
      return await startChild(start)
    } catch (cause) {
      if (cause instanceof EmbeddedStoreMissing || failures === firstStartAttempts) throw cause
      await sleep(backOffMs(failures, Math.random()))
    }
  }
}

function watchChild(first: ChildProcess, start: ChildStart, hooks: RecorderHooks) {
  let current = first
  let isStopping = false
  let starts = 1
  const restart = async () => {
    for (let failures = 0; !isStopping; failures += 1) {
      await sleep(backOffMs(failures, Math.random()))
      if (isStopping) return
      try {
        const { child } = await startChild(start)
        current = child
        starts += 1
        hooks.storeStarted?.(starts)
        return watch(child)
      } catch (cause) {
        hooks.storeFailed?.(cause)
      }
    }
  }
  const watch = (child: ChildProcess) => {
    if (isStopping) return void stopChild(child)
    child.once('exit', (code, signal) => {
      if (isStopping) return
      hooks.storeFailed?.(new Error(`the embedded store stopped (${signal ?? code})`))
      void restart()
    })
  }
  watch(first)
  const stop = async () => {
    isStopping = true
    await stopChild(current)
  }
  return { current: () => current, stop }
}

async function startChild(start: ChildStart): Promise<{ child: ChildProcess; port: number }> {
  const entry = fileURLToPath(new URL(import.meta.url.endsWith('.ts') ? 'child.ts' : 'child.js', import.meta.url))
  const child = spawn(process.execPath, [...loaderArguments(entry), entry], {
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    // Each running query holds a thread of the pool; four would starve the others.
    env: { ...process.env, UV_THREADPOOL_SIZE: '16', NODE_OPTIONS: '' },
  })
  child.send(start)
  const reply = await firstReply(child)
  if (reply.state === 'listening') return { child, port: reply.port }
  await stopChild(child)
  throw reply.state === 'missing' ? new EmbeddedStoreMissing(reply.message) : new Error(reply.message)
}

// From TypeScript sources the child needs the same loader as its parent, whoever loaded that.
function loaderArguments(entry: string): readonly string[] {
  if (!entry.endsWith('.ts')) return []
  return ['--import', pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href]
}

async function firstReply(child: ChildProcess): Promise<ChildReply> {
  const signal = AbortSignal.timeout(startTimeoutMs)
  const gone = once(child, 'exit', { signal }).then(([code]): ChildReply => {
    return { state: 'failed', message: `the embedded store stopped at its start (${code})` }
  })
  const told = once(child, 'message', { signal }).then(([message]) => childReply.parse(message))
  try {
    return await Promise.race([told, gone])
  } catch (cause) {
    child.kill('SIGKILL')
    throw new Error('the embedded store did not start in time', { cause })
  } finally {
    gone.catch(() => undefined)
    told.catch(() => undefined)
  }
}

async function stopChild(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const exit = once(child, 'exit')
  child.kill('SIGTERM')
  const timer = setTimeout(() => child.kill('SIGKILL'), stopTimeoutMs)
  await exit
  clearTimeout(timer)
}

import { join, resolve } from 'node:path'
import { startChild } from '../../src/sandbox/child-process.ts'
import type { Reading } from './meter.ts'

export type Program = {
  /** What the program said once it was ready. */
  readonly ready: string
  readonly read: () => Promise<Reading>
  readonly stop: () => Promise<void>
}

export type ProgramStart = {
  /** The file `NAME-process.ts` of this folder. */
  readonly name: string
  readonly args?: readonly string[]
  readonly logDirectory: string
  readonly nodeOptions?: readonly string[]
  readonly readyIn?: (line: string) => string | undefined
}

const bootstrap = resolve(import.meta.dirname, '../../src/bootstrap.mjs')
const startTimeoutMs = 180_000

/** One of this folder's programs in a process of its own, with its meter. */
export async function startProgram(start: ProgramStart): Promise<Program> {
  const { name, args = [], logDirectory, nodeOptions = [], readyIn = serverUrlIn } = start
  let meter: string | undefined
  let said: string | undefined
  const child = await startChild({
    command: process.execPath,
    args: [...nodeOptions, bootstrap, join(import.meta.dirname, `${name}-process.ts`), ...args],
    env: { NODE_ENV: 'production' },
    logPath: join(logDirectory, `${name}.log`),
    readyIn: line => {
      meter ??= /^meter at (\S+)$/.exec(line)?.[1]
      said ??= readyIn(line)
      return meter === undefined ? undefined : said
    },
    startTimeoutMs,
  })
  const read = async () => (await (await fetch(String(meter))).json()) as Reading
  return { ready: child.ready, read, stop: child.stop }
}

function serverUrlIn(line: string): string | undefined {
  return /^ready at (\S+)$/.exec(line)?.[1]
}

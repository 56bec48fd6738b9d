import { randomBytes } from 'node:crypto'
import { readFile, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'

const sandboxSettings = z.strictObject({
  port: z.int(),
  issuer_port: z.int(),
  /** Absent where the last start was of a Sluice without it. */
  storage_port: z.int().optional(),
  job_key: z.string().min(32),
})
/** What a sandbox keeps from one start to the next, so that URLs, tokens and jobs stay good. */
export type SandboxSettings = Readonly<z.infer<typeof sandboxSettings>>

const fileName = 'sandbox.json'

/** Undefined where no sandbox was ever started there. */
export async function readSettings(statePath: string): Promise<SandboxSettings | undefined> {
  try {
    return sandboxSettings.parse(JSON.parse(await readFile(join(statePath, fileName), 'utf8')))
  } catch (thrown) {
    if ((thrown as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw thrown
  }
}

export function newJobKey(): string {
  return randomBytes(32).toString('hex')
}

export async function writeSettings(statePath: string, settings: SandboxSettings): Promise<void> {
  await writePrivate(join(statePath, fileName), settings)
}

/** Whole or not at all, and for nobody else's eyes. */
export async function writePrivate(path: string, document: object): Promise<void> {
  const draft = `${path}.${process.pid}`
  await writeFile(draft, `${JSON.stringify(document, null, 2)}\n`, { mode: 0o600 })
  await rename(draft, path)
}

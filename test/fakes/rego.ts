import { execFile } from 'node:child_process'
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { opa } from '../../src/tools/opa.ts'

const run = promisify(execFile)

/** The opa command that set-up found or installed. */
export async function opaPath(): Promise<string> {
  const found = await opa.find()
  if (found === undefined) throw new Error('opa is missing: npm run setup')
  return found.path
}

/** Files of a policy repository, as text by path. */
export type PolicyFiles = Readonly<Record<string, string>>

export const manifestFile = JSON.stringify({ revision: 'test', roots: ['sluice', 'data'], rego_version: 1 })

/** A policy repository on disk, for as long as `use` takes. */
export async function withPolicyFiles<T>(files: PolicyFiles, use: (directory: string) => Promise<T>): Promise<T> {
  const directory = await mkdtemp(join(tmpdir(), 'sluice-rego-'))
  try {
    for (const [path, text] of Object.entries({ '.manifest': manifestFile, ...files })) {
      await mkdir(dirname(join(directory, path)), { recursive: true })
      await writeFile(join(directory, path), text)
    }
    return await use(directory)
  } finally {
    await rm(directory, { recursive: true, force: true })
  }
}

/** A bundle of these files, built by opa with no more checks than opa's own. */
export async function buildBundle(files: PolicyFiles, flags: readonly string[] = []): Promise<Buffer> {
  return withPolicyFiles(files, async directory => {
    const output = join(directory, '..', `${directory.split('/').at(-1)}.tar.gz`)
    const args = ['build', '-b', '.', '-t', 'wasm', '-O', '0', '-e', 'sluice/decision/decision', '-o', output]
    try {
      await run(await opaPath(), [...args, ...flags], { cwd: directory })
      return await readFile(output)
    } finally {
      await rm(output, { force: true })
    }
  })
}

/** A bundle whose decision is given by the body of one rule. */
export function buildDecision(rego: string, files: PolicyFiles = {}, flags: readonly string[] = []): Promise<Buffer> {
  return buildBundle({ 'sluice/decision/decision.rego': `package sluice.decision\n\n${rego}\n`, ...files }, flags)
}

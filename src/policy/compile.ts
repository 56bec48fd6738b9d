import { execFile } from 'node:child_process'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { promisify } from 'node:util'
import { entrypoint } from './evaluate.ts'
import { inputSchemaText } from './input.ts'

const run = promisify(execFile)
const timeoutMs = 30_000

/** Compiles a policy repository into a bundle. Throws with what opa says of it. */
export async function compileDirectory(directory: string, opaPath: string): Promise<Uint8Array> {
  const work = await mkdtemp(join(tmpdir(), 'sluice-policy-'))
  try {
    const bundle = join(work, 'bundle.tar.gz')
    // This gateway's own schema: a rule about input that it never sends would protect nothing.
    await writeFile(join(work, 'input.json'), inputSchemaText())
    const shared = ['--bundle', '.', '--capabilities', 'capabilities.json', '--ignore', '*_test.rego']
    const opa = (...args: readonly string[]) => runOpa(opaPath, [...args, ...shared], directory)
    await opa('check', '--strict', '--schema', work)
    const target = ['--target', 'wasm', '--optimize', '0', '--entrypoint', entrypoint]
    await opa('build', ...target, '--output', bundle)
    return await readFile(bundle)
  } finally {
    await rm(work, { recursive: true, force: true })
  }
}

async function runOpa(opaPath: string, args: readonly string[], directory: string): Promise<void> {
  // A bare name is looked up on PATH; a relative path is meant from here, not from the policy repository.
  const command = opaPath.includes('/') ? resolve(opaPath) : opaPath
  try {
    await run(command, [...args], { cwd: directory, timeout: timeoutMs })
  } catch (cause) {
    throw new Error(`${opaPath} ${args[0]}: ${complaint(cause)}`, { cause })
  }
}

function complaint(thrown: unknown): string {
  if (!(thrown instanceof Error)) return String(thrown)
  return 'stderr' in thrown && typeof thrown.stderr === 'string' && thrown.stderr !== ''
    ? thrown.stderr
    : thrown.message
}

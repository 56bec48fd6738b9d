import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { findPythonWithPip } from '../../src/tools/python.ts'
import { type Ran, runCommand } from '../../src/tools/run-command.ts'
import { makeToolFolder, toolFolder } from '../../src/tools/tool-cache.ts'

/** Packages of PyPI in a folder of the tool cache; the first is the one that is wanted for itself. */
export type PythonTool = { readonly name: string; readonly version: string; readonly packages: readonly string[] }

export type PythonWith = {
  readonly run: (words: readonly string[], env?: Readonly<Record<string, string>>, cwd?: string) => Promise<Ran>
}

const fetchTimeoutMs = 600_000
const runTimeoutMs = 600_000

/** A Python that has the packages. They are fetched where they are not there yet. */
export async function pythonWith({ name, version, packages }: PythonTool): Promise<PythonWith> {
  const folder = join(toolFolder(name, version), 'packages')
  const python = await findPythonWithPip()
  if (python === undefined) throw new Error('A Python with pip is needed: install one, or name it in SLUICE_PYTHON.')
  if (!existsSync(folder)) {
    console.error(`Fetching ${packages.join(', ')} from PyPI`)
    await makeToolFolder(name, version, async into => {
      // Some packages fetch programs from elsewhere when they are built.
      const wanted = ['--quiet', '--only-binary', ':all:', '--target', join(into, 'packages'), ...packages]
      const { code, stderr } = await runCommand(python, ['-m', 'pip', 'install', ...wanted], {
        timeoutMs: fetchTimeoutMs,
      })
      if (code !== 0) throw new Error(`${packages.join(', ')} cannot be had: ${stderr.slice(-1_000)}`)
    })
  }
  const ownEnv = { PYTHONPATH: folder, PYTHONWARNINGS: 'ignore' }
  return {
    run: (words, env = {}, cwd = undefined) =>
      runCommand(python, words, {
        env: { ...ownEnv, ...env },
        timeoutMs: runTimeoutMs,
        ...(cwd === undefined ? {} : { cwd }),
      }),
  }
}

export type Check = { readonly check: string; readonly ms: number; readonly failure: string | null }

/** What a script printed: one check a line. */
export function checksOf({ code, stdout, stderr }: Ran, client: string): readonly Check[] {
  if (code !== 0) throw new Error(`The checks of ${client} ended early: ${stderr.slice(-2_000)}`)
  const lines = stdout.trim().split('\n')
  return lines.map(line => JSON.parse(line) as Check)
}

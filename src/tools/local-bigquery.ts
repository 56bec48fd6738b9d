import { existsSync } from 'node:fs'
import { mkdir, readdir, readFile, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { findPython } from './python.ts'
import { runCommand } from './run-command.ts'
import { type FoundTool, type Print, type Tool, ToolMissing } from './tool.ts'
import { isCached, makeToolFolder, toolFolder } from './tool-cache.ts'

const version = '0.3.2'
const pythonMinor = '3.13'
/** DuckDB looks for extensions at run time; these carry them as packages, so that nothing is downloaded later. */
export const localBigQueryRequirements: readonly string[] = [
  `local-bigquery==${version}`,
  'duckdb==1.5.5',
  'duckdb-extensions==1.5.5',
  'duckdb-extension-icu==1.5.5',
  'duckdb-extension-ducklake==1.5.5',
  'duckdb-extension-spatial==1.5.5',
]
const importExtensions =
  'import duckdb_extensions as d; [d.import_extension(n) for n in ("icu", "ducklake", "spatial")]'

/** BigQuery's REST API on DuckDB: the sandbox's warehouse. */
export const localBigQuery: Tool = {
  name: 'local-bigquery',
  version,
  purpose: "BigQuery's REST API on DuckDB, the sandbox's warehouse",
  find: async () => (isCached('local-bigquery', version) ? found() : undefined),
  install,
}

/** The program and the HOME that it must run with. */
export function localBigQueryCommand(): { readonly executable: string; readonly home: string } {
  const folder = toolFolder('local-bigquery', version)
  return { executable: join(folder, 'venv', 'bin', 'local-bigquery'), home: join(folder, 'home') }
}

function found(): FoundTool {
  return { path: localBigQueryCommand().executable, version, source: 'cache' }
}

async function install(print: Print): Promise<FoundTool> {
  const python = await findPython(pythonMinor)
  if (python === undefined) {
    throw new ToolMissing(
      'Python 3.13',
      'Install Python 3.13 (for example `uv python install 3.13`), or name one in SLUICE_PYTHON.',
    )
  }
  await makeToolFolder('local-bigquery', version, draft => makeEnvironment(draft, python, print))
  return found()
}

async function makeEnvironment(folder: string, python: string, print: Print): Promise<void> {
  const venv = join(folder, 'venv')
  const home = join(folder, 'home')
  await mkdir(home)
  print(`local-bigquery ${version}: creating its Python environment with ${python} (560 MB)`)
  await must(python, ['-m', 'venv', venv])
  await must(join(venv, 'bin', 'python'), ['-m', 'pip', 'install', '--quiet', ...localBigQueryRequirements])
  print(`local-bigquery ${version}: loading DuckDB's extensions`)
  await must(join(venv, 'bin', 'python'), ['-c', importExtensions], { HOME: home })
  await pointScriptsAt(venv, join(toolFolder('local-bigquery', version), 'venv'))
}

/** The environment's programs name its Python by its whole path, which is another once the folder is renamed. */
async function pointScriptsAt(venv: string, final: string): Promise<void> {
  const bin = join(venv, 'bin')
  for (const name of await readdir(bin)) {
    const path = join(bin, name)
    if (!existsSync(path)) continue
    const text = await readFile(path, 'utf8')
    if (!text.startsWith('#!') || !text.includes(venv)) continue
    await writeFile(`${path}.new`, text.replaceAll(venv, final), { mode: 0o755 })
    await rename(`${path}.new`, path)
  }
}

async function must(command: string, args: readonly string[], env: Record<string, string> = {}): Promise<void> {
  const { code, stderr, stdout } = await runCommand(command, args, { env, timeoutMs: 900_000 })
  if (code === 0) return
  const remedy = 'Its packages come from PyPI: check the connection to it and run the set-up again.'
  throw new ToolMissing('local-bigquery', remedy, { cause: (stderr + stdout).slice(-2_000) })
}

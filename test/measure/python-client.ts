import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { findPythonWithPip } from '../../src/tools/python.ts'
import { runCommand } from '../../src/tools/run-command.ts'
import { makeToolFolder, toolFolder } from '../../src/tools/tool-cache.ts'

const name = 'python-bigquery-client'
const version = '3.47.0'

/** A Python that has Google's client, in the tool cache. Made where it is not there yet. */
export async function pythonWithClient(): Promise<string> {
  const packages = join(toolFolder(name, version), 'packages')
  const python = await findPythonWithPip()
  if (python === undefined) throw new Error('A Python with pip is needed: install one, or name it in SLUICE_PYTHON.')
  if (!existsSync(packages)) {
    console.error(`Fetching google-cloud-bigquery ${version} from PyPI`)
    await makeToolFolder(name, version, async folder => {
      const wanted = ['--quiet', '--target', join(folder, 'packages'), `google-cloud-bigquery==${version}`]
      const { code, stderr } = await runCommand(python, ['-m', 'pip', 'install', ...wanted], { timeoutMs: 600_000 })
      if (code !== 0) throw new Error(`google-cloud-bigquery cannot be had: ${stderr.slice(-1_000)}`)
    })
  }
  return python
}

export type Check = { readonly check: string; readonly ms: number; readonly failure: string | null }

/** Runs every check of the Python client against a gateway. */
export async function checkPythonClient(
  url: string,
  tokens: { readonly alice: string; readonly bob: string },
): Promise<readonly Check[]> {
  const python = await pythonWithClient()
  const script = join(import.meta.dirname, 'python-client.py')
  const env = { PYTHONPATH: join(toolFolder(name, version), 'packages'), PYTHONWARNINGS: 'ignore' }
  const args = [script, url, tokens.alice, tokens.bob]
  const { code, stdout, stderr } = await runCommand(python, args, { env, timeoutMs: 600_000 })
  if (code !== 0) throw new Error(`The checks of the Python client ended early: ${stderr.slice(-2_000)}`)
  return stdout
    .trim()
    .split('\n')
    .map(line => JSON.parse(line) as Check)
}

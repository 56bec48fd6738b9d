import { join } from 'node:path'
import { type Check, checksOf, pythonWith } from './python-tools.ts'

const version = '3.47.0'
const tool = { name: 'python-bigquery-client', version, packages: [`google-cloud-bigquery==${version}`] }

/** Runs every check of Google's client for Python against a gateway. */
export async function checkPythonClient(
  url: string,
  tokens: { readonly alice: string; readonly bob: string; readonly dana: string },
): Promise<readonly Check[]> {
  const python = await pythonWith(tool)
  const script = join(import.meta.dirname, 'python-client.py')
  return checksOf(await python.run([script, url, tokens.alice, tokens.bob, tokens.dana]), 'the Python client')
}

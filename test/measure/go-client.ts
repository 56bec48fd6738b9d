import { join } from 'node:path'
import { runCommand } from '../../src/tools/run-command.ts'
import { type Check, checksOf } from './python-tools.ts'
import type { SandboxUnderTest } from './sandbox-under-test.ts'

const folder = join(import.meta.dirname, 'go-client')
const timeoutMs = 900_000

/** Runs every check of Google's client for Go against a gateway; undefined where Go is not installed. */
export async function checkGoClient({
  restUrl,
  storageEndpoint,
  tokens,
}: SandboxUnderTest): Promise<readonly Check[] | undefined> {
  if ((await runCommand('go', ['version'], { timeoutMs })).code !== 0) return undefined
  const { alice, bob, dana } = tokens
  const words = ['run', '.', restUrl, storageEndpoint, alice, bob, dana]
  return checksOf(await runCommand('go', words, { cwd: folder, timeoutMs }), 'the Go client')
}

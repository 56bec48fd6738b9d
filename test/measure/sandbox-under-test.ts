import { readFile } from 'node:fs/promises'
import { type ReadyFile, readyFile } from '../../src/sandbox/announce.ts'
import { removeState, spawnSandbox, stateDirectory } from '../journeys/spawned-sandbox.ts'

export type SandboxUnderTest = {
  readonly mcpUrl: string
  readonly restUrl: string
  readonly storageEndpoint: string
  readonly statePath: string
  readonly tokens: { readonly alice: string; readonly bob: string; readonly mallory: string; readonly dana: string }
  readonly stop: () => Promise<void>
}

/** The sandbox that a ready file describes, or one of its own with the tables of a world file. */
export async function openSandboxUnderTest(
  readyPath: string | undefined,
  worldPath: string,
): Promise<SandboxUnderTest> {
  if (readyPath !== undefined) {
    return underTest(readyFile.parse(JSON.parse(await readFile(readyPath, 'utf8'))), async () => {})
  }
  const statePath = await stateDirectory()
  const { ready, end } = await spawnSandbox({ statePath, worldPath })
  return underTest(ready, async () => {
    await end('SIGTERM')
    await removeState(statePath)
  })
}

function underTest(
  { mcp_url, rest_url, storage_endpoint = '', state, tokens }: ReadyFile,
  stop: () => Promise<void>,
): SandboxUnderTest {
  const { alice = '', bob = '', mallory = '', dana = '' } = tokens
  return {
    mcpUrl: mcp_url,
    restUrl: rest_url,
    storageEndpoint: storage_endpoint,
    statePath: state,
    tokens: { alice, bob, mallory, dana },
    stop,
  }
}

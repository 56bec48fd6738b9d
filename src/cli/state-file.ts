import { readFile } from 'node:fs/promises'
import { join } from 'node:path'

/** What a running Sluice leaves in its state directory for commands on the same machine. */
export const stateFileName = 'sluice.json'

export async function readStateFile(state: string): Promise<unknown> {
  const path = join(state, stateFileName)
  const text = await readFile(path, 'utf8').catch(cause => {
    throw new Error(`${path} cannot be read: is Sluice running, and is this its state directory?`, { cause })
  })
  return JSON.parse(text)
}

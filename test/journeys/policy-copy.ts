import { cp, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

const example = join(import.meta.dirname, '../../policies')

/** The example policy in a directory of its own, with some of its data changed. */
export async function copyPolicy(
  directory: string,
  changes: Readonly<Record<string, (facts: Record<string, Record<string, unknown>>) => object>>,
): Promise<string> {
  await cp(example, directory, { recursive: true })
  for (const [name, change] of Object.entries(changes)) {
    const path = join(directory, 'data', name, 'data.json')
    await writeFile(path, JSON.stringify(change(JSON.parse(await readFile(path, 'utf8')))))
  }
  return directory
}

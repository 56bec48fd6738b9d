import { access, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { syncDirectory } from './sync-directory.ts'

const markName = 'settled'

/** Says that the requests which were open here have been closed elsewhere, so that no later start closes them again. */
export async function markSettled(directory: string): Promise<void> {
  await writeFile(join(directory, markName), '')
  await syncDirectory(directory)
}

export async function isSettled(directory: string): Promise<boolean> {
  return access(join(directory, markName)).then(
    () => true,
    () => false,
  )
}

export async function unmarkSettled(directory: string): Promise<void> {
  await rm(join(directory, markName), { force: true })
}

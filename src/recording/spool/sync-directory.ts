import { open } from 'node:fs/promises'

/** Makes names in a directory durable: a new file's content is not found without them. */
export async function syncDirectory(directory: string): Promise<void> {
  const file = await open(directory, 'r')
  try {
    await file.sync()
  } finally {
    await file.close()
  }
}

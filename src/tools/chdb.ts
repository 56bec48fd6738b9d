import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { type FoundTool, type Tool, ToolMissing } from './tool.ts'

/** ClickHouse in a process of the sandbox: an optional npm package, so npm installs it or nobody does. */
export const chdb: Tool = {
  name: 'chdb',
  version: '3.4.0',
  purpose: 'ClickHouse in a child process, the embedded store of records',
  find,
  install: async () => {
    throw new ToolMissing(
      'chdb',
      'Run `npm ci --include=optional` on Linux (glibc) or macOS, or name a ClickHouse server.',
    )
  },
}

async function find(): Promise<FoundTool | undefined> {
  try {
    const path = createRequire(import.meta.url).resolve('chdb/package.json')
    const { version } = JSON.parse(await readFile(path, 'utf8')) as { version: string }
    return { path, version, source: 'npm' }
  } catch {
    return undefined
  }
}

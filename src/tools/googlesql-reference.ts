import { copyFile, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { fileSha256 } from './checksum.ts'
import { findPythonWithPip } from './python.ts'
import { runCommand } from './run-command.ts'
import { type FoundTool, type Print, type Tool, ToolMissing } from './tool.ts'
import { isCached, makeToolFolder, toolFolder } from './tool-cache.ts'

const version = '0.1.5'
const wheelSha256 = '17fa5e5aa927fbb647c1812b08ee8ef8c5d36c8e2e83eaa4651d9bc4a8a462f8'
const wasmSha256 = '00135b44fe391fa8d56f6804dca013bc681e45d607561a638b81c98a08744bcb'
const unpack = 'import sys, zipfile; zipfile.ZipFile(sys.argv[1]).extractall(sys.argv[2])'

/** Google's GoogleSQL analyzer as WebAssembly: the second reader of every governed query. */
export const googlesqlReference: Tool = {
  name: 'googlesql-reference',
  version,
  purpose: "Google's GoogleSQL analyzer in WebAssembly, which verifies every governed query",
  find: async () => (isCached('googlesql-reference', version) ? found() : undefined),
  install,
}

/** The analyzer and the descriptors of its messages. */
export function googlesqlReferenceFiles(): { readonly wasmPath: string; readonly descriptorsPath: string } {
  const folder = toolFolder('googlesql-reference', version)
  return { wasmPath: join(folder, 'zetasql.wasm'), descriptorsPath: join(folder, 'descriptors.pb') }
}

async function found(): Promise<FoundTool> {
  const { wasmPath } = googlesqlReferenceFiles()
  return { path: wasmPath, version, source: 'cache', checksum: await fileSha256(wasmPath) }
}

async function install(print: Print): Promise<FoundTool> {
  const python = await findPythonWithPip()
  if (python === undefined) {
    throw new ToolMissing(
      'googlesql-reference',
      'Install Python 3.9 or newer with pip; it fetches one wheel from PyPI.',
    )
  }
  await makeToolFolder('googlesql-reference', version, draft => fetchReference(draft, python, print))
  return found()
}

async function fetchReference(folder: string, python: string, print: Print): Promise<void> {
  print(`googlesql-reference ${version}: fetching its wheel (28 MB)`)
  const scratch = join(folder, 'wheel')
  await must(python, ['-m', 'pip', 'download', '--quiet', '--no-deps', '--dest', scratch, `zetasql==${version}`])
  const wheel = (await readdir(scratch)).find(name => name.endsWith('.whl'))
  if (wheel === undefined)
    throw new ToolMissing('googlesql-reference', 'The wheel did not arrive; run the set-up again.')
  await expectSha256(join(scratch, wheel), wheelSha256)
  await must(python, ['-c', unpack, join(scratch, wheel), scratch])
  await copyFile(join(scratch, 'zetasql', 'wasi', 'zetasql.wasm'), join(folder, 'zetasql.wasm'))
  await expectSha256(join(folder, 'zetasql.wasm'), wasmSha256)
  const script = join(import.meta.dirname, 'googlesql-descriptors.py')
  await must(python, [script, scratch, join(folder, 'descriptors.pb')])
  await must(python, ['-c', 'import shutil, sys; shutil.rmtree(sys.argv[1])', scratch])
}

async function expectSha256(path: string, wanted: string): Promise<void> {
  const actual = await fileSha256(path)
  if (actual === wanted) return
  throw new ToolMissing(
    'googlesql-reference',
    `${path} has sha256 ${actual}, not ${wanted}: it was changed on the way.`,
  )
}

async function must(command: string, args: readonly string[]): Promise<void> {
  const { code, stderr } = await runCommand(command, args, { timeoutMs: 600_000 })
  if (code === 0) return
  const remedy = 'Its wheel comes from PyPI: check the connection to it and run the set-up again.'
  throw new ToolMissing('googlesql-reference', remedy, { cause: stderr.slice(-2_000) })
}

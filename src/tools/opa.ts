import { chmod, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileSha256 } from './checksum.ts'
import { runCommand } from './run-command.ts'
import { type FoundTool, type Print, type Tool, ToolMissing } from './tool.ts'
import { isCached, makeToolFolder, toolFolder } from './tool-cache.ts'

const version = '1.20.2'
const releases = 'https://github.com/open-policy-agent/opa/releases/download'

/** The release binaries, by platform, as the project publishes them: name, then sha256 in the file beside it. */
const assets: Readonly<Record<string, string>> = {
  'linux x64': 'opa_linux_amd64_static',
  'linux arm64': 'opa_linux_arm64_static',
  'darwin x64': 'opa_darwin_amd64',
  'darwin arm64': 'opa_darwin_arm64_static',
}

/** Compiles `policies/` to WASM. */
export const opa: Tool = {
  name: 'opa',
  version,
  purpose: 'compiles Rego policies to WASM',
  find: async () => (await findOnPath()) ?? (await findInCache()),
  install,
}

async function findOnPath(): Promise<FoundTool | undefined> {
  return describe('opa', 'PATH')
}

async function findInCache(): Promise<FoundTool | undefined> {
  return isCached('opa', version) ? describe(join(toolFolder('opa', version), 'opa'), 'cache') : undefined
}

/** A binary counts if it is of this major version and can compile to WASM. */
async function describe(path: string, source: string): Promise<FoundTool | undefined> {
  const { code, stdout } = await runCommand(path, ['version'], { timeoutMs: 10_000 })
  const found = /^Version: (1\.\d+\.\d+)/m.exec(stdout)?.[1]
  if (code !== 0 || found === undefined) return undefined
  const checksum = source === 'cache' ? await fileSha256(path) : undefined
  return { path, version: found, source, ...(checksum === undefined ? {} : { checksum }) }
}

async function install(print: Print): Promise<FoundTool> {
  const folder = await makeToolFolder('opa', version, async draft => {
    if (await download(join(draft, 'opa'), print)) return
    await build(draft, print)
  })
  const found = await describe(join(folder, 'opa'), 'cache')
  if (found === undefined) throw new ToolMissing('opa', `Remove ${folder} and run the set-up again.`)
  return found
}

/** True when the release binary arrived whole; where the release site is out of reach there is another way. */
async function download(path: string, print: Print): Promise<boolean> {
  const asset = assets[`${process.platform} ${process.arch}`]
  if (asset === undefined) return false
  try {
    print(`opa ${version}: downloading the release binary`)
    const url = `${releases}/v${version}/${asset}`
    const signal = AbortSignal.timeout(120_000)
    const [binary, sum] = await Promise.all([fetch(url, { signal }), fetch(`${url}.sha256`, { signal })])
    if (!binary.ok || !sum.ok) return false
    await writeFile(path, Buffer.from(await binary.arrayBuffer()))
    if (!(await sum.text()).startsWith(await fileSha256(path))) throw new Error('the checksum is wrong')
    await chmod(path, 0o755)
    return true
  } catch (cause) {
    print(`opa ${version}: no download (${cause instanceof Error ? cause.message : cause})`)
    return false
  }
}

async function build(folder: string, print: Print): Promise<void> {
  print(`opa ${version}: building with go install (about two minutes)`)
  const module = `github.com/open-policy-agent/opa@v${version}`
  const { code, stderr } = await runCommand('go', ['install', module], { env: { GOBIN: folder }, timeoutMs: 900_000 })
  if (code === 0) return
  const remedy = `Install opa ${version} (openpolicyagent.org) so that it is on PATH, or Go 1.26 to build it.`
  throw new ToolMissing('opa', remedy, { cause: stderr.slice(-2_000) })
}

import { readdir, readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { type Bundle, readBundle } from './bundle.ts'
import { compileDirectory } from './compile.ts'
import type { PolicyOptions } from './options.ts'

/** Where bundles come from. */
export type BundleSource = {
  /** Changes whenever what is there might have. */
  readonly fingerprint: () => Promise<string>
  readonly load: () => Promise<Bundle>
}

export function bundleSource(options: PolicyOptions): BundleSource {
  const { source } = options
  switch (source.kind) {
    case 'directory':
      return {
        fingerprint: () => directoryFingerprint(source.path),
        // What this process compiles itself needs nobody's signature.
        load: async () => readBundle(await compileDirectory(source.path, options.opaPath), { keys: [] }),
      }
    case 'bundle':
      return {
        fingerprint: () => fileFingerprint(source.path),
        load: async () => readBundle(await readFile(source.path), await signatureRules(options)),
      }
  }
}

async function signatureRules({ keys, scope }: PolicyOptions): Promise<Parameters<typeof readBundle>[1]> {
  const read = keys.map(async ({ id, algorithm, publicKeyPath }) => {
    return { id, algorithm, pem: await readFile(publicKeyPath, 'utf8') }
  })
  return { keys: await Promise.all(read), ...(scope === undefined ? {} : { scope }) }
}

async function directoryFingerprint(directory: string): Promise<string> {
  const entries = await readdir(directory, { recursive: true, withFileTypes: true })
  const files = entries.filter(entry => entry.isFile()).map(entry => join(entry.parentPath, entry.name))
  return (await Promise.all(files.sort().map(fileFingerprint))).join('\n')
}

async function fileFingerprint(path: string): Promise<string> {
  const { size, mtimeMs, ino } = await stat(path)
  return `${path} ${size} ${mtimeMs} ${ino}`
}

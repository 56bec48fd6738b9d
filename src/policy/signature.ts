import { createHash } from 'node:crypto'
import { basename } from 'node:path'
import { compactVerify, decodeProtectedHeader, importSPKI } from 'jose'
import { z } from 'zod'
import { canonicalJson } from './canonical-json.ts'
import type { BundleKey } from './options.ts'

/** A key that may sign bundles, read from its file. */
export type TrustedKey = Pick<BundleKey, 'id' | 'algorithm'> & { readonly pem: string }

export type SignatureRules = { readonly keys: readonly TrustedKey[]; readonly scope?: string }

type Files = ReadonlyMap<string, Uint8Array>

const signatureFile = '.signatures.json'
/** A signature that needs a plugin to be checked is not one that we can check. */
const signatures = z.strictObject({
  signatures: z.array(z.string()).length(1),
  plugin: z.literal('_default').optional(),
})
const signedFile = z.looseObject({ name: z.string(), hash: z.string(), algorithm: z.literal('SHA-256').optional() })
const payload = z.looseObject({
  files: z.array(signedFile),
  scope: z.string().optional(),
})

/** Holds a bundle against its signature. Signed but no key, or a key but unsigned: both are refused. */
export async function verifySignature(files: Files, { keys, scope }: SignatureRules): Promise<void> {
  const signed = files.get(signatureFile)
  if (signed === undefined && keys.length === 0) return
  if (signed === undefined) throw new Error('the bundle is not signed, and a key is configured')
  if (keys.length === 0) throw new Error('the bundle is signed, and no key is configured')
  const [token] = signatures.parse(JSON.parse(decode(signed))).signatures
  const claims = await verifyToken(token ?? '', keys)
  if (scope !== undefined && claims.scope !== scope) throw new Error('the signature is for another scope')
  compareFiles(files, claims.files)
}

async function verifyToken(token: string, keys: readonly TrustedKey[]): Promise<z.infer<typeof payload>> {
  for (const { pem, algorithm } of candidates(token, keys)) {
    const key = await importSPKI(pem, algorithm)
    const verified = await compactVerify(token, key, { algorithms: [algorithm] }).catch(() => undefined)
    if (verified !== undefined) return payload.parse(JSON.parse(decode(verified.payload)))
  }
  throw new Error('the bundle is not signed with a key that is configured')
}

/** What a signature says of its key only chooses among trusted keys; opa calls every key `default` unless it is told. */
function candidates(token: string, keys: readonly TrustedKey[]): readonly TrustedKey[] {
  const { kid, alg } = decodeProtectedHeader(token)
  const named = keys.filter(({ id }) => id === kid)
  return (named.length > 0 ? named : keys).filter(({ algorithm }) => algorithm === alg)
}

/** Every file is signed for, and every file that is signed for is there. */
function compareFiles(files: Files, signedFor: readonly z.infer<typeof signedFile>[]): void {
  const hashes = new Map(signedFor.map(({ name, hash }) => [name.replace(/^\//, ''), hash.toLowerCase()]))
  const present = [...files.keys()].filter(name => name !== signatureFile)
  for (const name of new Set([...hashes.keys(), ...present])) {
    const file = files.get(name)
    if (file === undefined) throw new Error(`the bundle lacks ${name}, which is signed for`)
    if (hashes.get(name) !== hashOf(name, file)) throw new Error(`${name} of the bundle is not what was signed`)
  }
}

/** opa hashes documents by their content and everything else by its bytes. */
function hashOf(name: string, file: Uint8Array): string {
  const isDocument = ['data.json', '.manifest'].includes(basename(name))
  const hashed = isDocument ? canonicalJson(JSON.parse(decode(file))) : file
  return createHash('sha256').update(hashed).digest('hex')
}

function decode(bytes: Uint8Array): string {
  return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
}

import { createHash, createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject, sign } from 'node:crypto'
import { link, readFile, rm, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import { syncDirectory } from '../spool/sync-directory.ts'
import type { Signer } from './checkpoint.ts'

export type SigningKey = Signer & { readonly publicKeyPem: string }

/** The Ed25519 key at a path. Where there is none, one is made, with its public half beside it in `….pub`. */
export async function openSigningKey(path: string): Promise<SigningKey> {
  const pem = await readFile(path, 'utf8').catch(() => makeKey(path))
  const privateKey = createPrivateKey(pem)
  if (privateKey.asymmetricKeyType !== 'ed25519') throw new Error(`the key at ${path} is not an Ed25519 key`)
  const publicKey = createPublicKey(privateKey)
  const publicKeyPem = publicKey.export({ type: 'spki', format: 'pem' }).toString()
  // The key may lie in a place that cannot be written, with its public half elsewhere.
  await writeFile(`${path}.pub`, publicKeyPem, { flag: 'wx', flush: true }).catch(() => undefined)
  return {
    keyId: keyId(publicKey),
    publicKeyPem,
    sign: text => sign(null, Buffer.from(text), privateKey).toString('base64'),
  }
}

/** Names a key by what it is. */
export function keyId(publicKey: KeyObject): string {
  return createHash('sha256')
    .update(publicKey.export({ type: 'spki', format: 'der' }))
    .digest('hex')
    .slice(0, 16)
}

// Several processes may start on one spool at once: the first to link its key wins, and all read that one.
async function makeKey(path: string): Promise<string> {
  const { privateKey } = generateKeyPairSync('ed25519')
  const mine = `${path}.${process.pid}`
  await writeFile(mine, privateKey.export({ type: 'pkcs8', format: 'pem' }), { mode: 0o600, flush: true })
  await link(mine, path).catch(cause => {
    if ((cause as NodeJS.ErrnoException).code !== 'EEXIST') throw cause
  })
  await rm(mine)
  // Checkpoints must not outlive the key that proves them.
  await syncDirectory(dirname(path))
  return readFile(path, 'utf8')
}

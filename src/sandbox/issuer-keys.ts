import { randomBytes } from 'node:crypto'
import { link, mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type CryptoKey, exportJWK, generateKeyPair, importJWK } from 'jose'
import { z } from 'zod'

const algorithms = ['RS256', 'ES256'] as const
type Algorithm = (typeof algorithms)[number]

const storedKey = z.looseObject({ kid: z.string(), alg: z.enum(algorithms), kty: z.string(), d: z.string() })
const storedKeys = z.strictObject({ keys: z.array(storedKey).length(algorithms.length) })
type StoredKeys = z.infer<typeof storedKeys>

export type IssuerKeys = {
  /** What signs the tokens that this issuer mints. */
  readonly signing: { readonly key: CryptoKey; readonly kid: string; readonly alg: Algorithm }
  /** The key set to publish, without private parts. */
  readonly published: { readonly keys: readonly object[] }
}

/** The keys of the local issuer: made once, kept in the state directory, so that tokens outlive a restart. */
export async function openIssuerKeys(statePath: string): Promise<IssuerKeys> {
  const path = join(statePath, 'issuer-keys.json')
  const { keys } = await readKeys(path).catch(async (thrown: NodeJS.ErrnoException) => {
    if (thrown.code !== 'ENOENT') throw thrown
    await createKeys(statePath, path)
    return readKeys(path)
  })
  const [first] = keys
  if (first === undefined) throw new Error(`${path} holds no keys`)
  const key = (await importJWK(first, first.alg)) as CryptoKey
  return { signing: { key, kid: first.kid, alg: first.alg }, published: { keys: keys.map(publicPart) } }
}

async function readKeys(path: string): Promise<StoredKeys> {
  return storedKeys.parse(JSON.parse(await readFile(path, 'utf8')))
}

/** Whole or not at all: another process may be doing the same, and the first of them wins. */
async function createKeys(statePath: string, path: string): Promise<void> {
  const keys = await Promise.all(algorithms.map(createKey))
  const draft = `${path}.${randomBytes(6).toString('hex')}`
  await mkdir(statePath, { recursive: true, mode: 0o700 })
  await writeFile(draft, JSON.stringify({ keys }), { mode: 0o600 })
  await link(draft, path).catch((thrown: NodeJS.ErrnoException) => {
    if (thrown.code !== 'EEXIST') throw thrown
  })
  await rm(draft)
}

async function createKey(alg: Algorithm): Promise<object> {
  const { privateKey } = await generateKeyPair(alg, { extractable: true })
  return {
    ...(await exportJWK(privateKey)),
    kid: `${alg.toLowerCase()}-${randomBytes(4).toString('hex')}`,
    alg,
    use: 'sig',
  }
}

function publicPart(key: StoredKeys['keys'][number]): object {
  const { kty, kid, alg } = key
  const parts = Object.fromEntries(
    ['n', 'e', 'crv', 'x', 'y'].filter(name => name in key).map(name => [name, key[name]]),
  )
  return { kty, kid, alg, use: 'sig', ...parts }
}

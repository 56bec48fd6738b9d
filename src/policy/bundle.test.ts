import { generateKeyPairSync } from 'node:crypto'
import { rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import { buildDecision, manifestFile } from '../../test/fakes/rego.ts'
import { makeTarGz } from '../../test/fakes/tar.ts'
import { readBundle } from './bundle.ts'
import type { TrustedKey } from './signature.ts'
import { readTarGz } from './tar.ts'

type Pair = { readonly key: TrustedKey; readonly pem: string }

// Numbers, nesting, and every character that opa's hash writes in its own way.
const document = JSON.stringify({
  z: 1,
  a: [true, null, 1.5, { 'é\u2028': '<&>"\\\n\u0001\u007f😀' }],
  B: 107374182400,
})
const files = { 'data/odd/data.json': document }
const wasm = [{ entrypoint: 'sluice/decision/decision', module: '/policy.wasm' }]
const manifest = { revision: 'r', roots: ['data'], wasm }
const none = { keys: [] }
const keyPath = join(tmpdir(), `sluice-sign-${process.pid}.pem`)
const claimsPath = `${keyPath}.json`

let ours: Pair
let theirs: Pair
let unsigned: Buffer
let signed: Buffer

beforeAll(async () => {
  ours = makePair('ours')
  theirs = makePair('theirs')
  unsigned = await buildDecision('decision := data.data', files)
  signed = await sign(ours)
})

describe('a bundle', () => {
  test('is read with its data and a revision that tells two builds apart', async () => {
    const { revision, facts } = await readBundle(unsigned, none)
    const other = await readBundle(await buildDecision('decision := [data.data]', files), none)
    expect(facts).toEqual({ data: { odd: JSON.parse(document) } })
    expect(revision).toMatch(/^test-[0-9a-f]{12}$/)
    expect(other.revision).not.toBe(revision)
  })

  test('that opa signed is read with the key', async () => {
    expect(await readBundle(signed, { keys: [theirs.key, ours.key], scope: 'prod' })).toBeDefined()
  })

  test('that opa signed without being told the name of the key is read too', async () => {
    expect(await readBundle(await sign(ours, []), { keys: [theirs.key, ours.key] })).toBeDefined()
    await expect(readBundle(await sign(theirs, []), { keys: [ours.key] })).rejects.toThrow('not signed with a key')
  })

  test('that is signed is refused without a key', async () => {
    await expect(readBundle(signed, none)).rejects.toThrow('no key is configured')
  })

  test('that is unsigned is refused with a key', async () => {
    await expect(readBundle(unsigned, { keys: [ours.key] })).rejects.toThrow('not signed')
  })

  test('that another key signed is refused', async () => {
    await expect(readBundle(signed, { keys: [theirs.key] })).rejects.toThrow('not signed with a key')
  })

  test('that is signed with another algorithm than the pinned one is refused', async () => {
    const keys = [{ ...ours.key, algorithm: 'PS256' as const }]
    await expect(readBundle(signed, { keys })).rejects.toThrow('not signed with a key')
  })

  test('that is signed for another scope is refused', async () => {
    await expect(readBundle(signed, { keys: [ours.key], scope: 'test' })).rejects.toThrow('another scope')
  })

  test.each(['data.json', '.manifest', 'policy.wasm', 'sluice/decision/decision.rego'])(
    'whose %s was altered after signing is refused',
    async name => {
      const altered = [...readTarGz(signed)].map(
        ([path, bytes]) => [path, path === name ? alter(bytes) : bytes] as const,
      )
      await expect(readBundle(makeTarGz(altered), { keys: [ours.key] })).rejects.toThrow(`${name} of the bundle`)
    },
  )

  test('with a file that was added after signing is refused', async () => {
    const added = [...readTarGz(signed), ['extra/data.json', Buffer.from('{}')] as const]
    await expect(readBundle(makeTarGz(added), { keys: [ours.key] })).rejects.toThrow('extra/data.json')
  })

  test('that lacks a signed file is refused', async () => {
    const fewer = [...readTarGz(signed)].filter(([name]) => name !== 'sluice/decision/decision.rego')
    await expect(readBundle(makeTarGz(fewer), { keys: [ours.key] })).rejects.toThrow('lacks')
  })

  test('that is cut off anywhere is refused', async () => {
    for (let part = 0; part < 16; part++) {
      const cut = unsigned.subarray(0, Math.floor((unsigned.length * part) / 16))
      await expect(readBundle(cut, none)).rejects.toBeDefined()
    }
  })

  test.each<[string, Parameters<typeof makeTarGz>[0], RegExp]>([
    ['no manifest', [['data.json', '{}']], /no .manifest/],
    [
      'no data',
      [
        ['.manifest', JSON.stringify(manifest)],
        ['policy.wasm', ''],
      ],
      /no data.json/,
    ],
    [
      'no module',
      [
        ['.manifest', JSON.stringify(manifest)],
        ['data.json', '{}'],
      ],
      /no policy.wasm/,
    ],
    [
      'no WASM',
      [
        ['.manifest', manifestFile],
        ['data.json', '{}'],
      ],
      /wasm/,
    ],
    [
      'data outside of its roots',
      [
        ['.manifest', JSON.stringify(manifest)],
        ['data.json', '{"groups":{"alice":["pii-admins"]}}'],
        ['policy.wasm', ''],
      ],
      /outside of its roots: groups/,
    ],
    [
      'a key twice in its data',
      [
        ['.manifest', JSON.stringify(manifest)],
        ['data.json', '{"data":1,"data":2}'],
      ],
      /ambiguous/,
    ],
    [
      'a file twice',
      [
        ['data.json', '{}'],
        ['/data.json', '{}'],
      ],
      /twice/,
    ],
    ['a file outside of itself', [['../data.json', '{}']], /outside of itself/],
    ['a link', [['data.json', '', '2']], /type 2/],
  ])('with %s is refused', async (_, entries, message) => {
    await expect(readBundle(makeTarGz(entries), none)).rejects.toThrow(message)
  })
})

function makePair(id: string): Pair {
  const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
  const pem = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()
  return { key: { id, algorithm: 'RS256', pem: publicKey.export({ type: 'spki', format: 'pem' }).toString() }, pem }
}

async function sign({ pem }: Pair, claims: readonly string[] = ['--claims-file', claimsPath]): Promise<Buffer> {
  writeFileSync(keyPath, pem, { mode: 0o600 })
  writeFileSync(claimsPath, JSON.stringify({ scope: 'prod' }))
  try {
    const flags = ['--signing-key', keyPath, '--signing-alg', 'RS256', ...claims]
    return await buildDecision('decision := data.data', files, flags)
  } finally {
    rmSync(keyPath)
    rmSync(claimsPath)
  }
}

/** One more key or byte, so that the file stays what it is. */
function alter(bytes: Uint8Array): Buffer {
  const text = Buffer.from(bytes).toString('latin1')
  return Buffer.from(text.startsWith('{') ? text.replace('{', '{"x":1,') : `${text} `, 'latin1')
}

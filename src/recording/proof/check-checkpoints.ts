import { createPublicKey, type KeyObject, verify } from 'node:crypto'
import { type Checkpoint, signedText } from './checkpoint.ts'
import type { Finding } from './finding.ts'
import { keyId } from './signing-key.ts'

export type PublicKeys = ReadonlyMap<string, KeyObject>

export function publicKeysOf(pems: readonly string[]): PublicKeys {
  const keys = pems.map(pem => createPublicKey(pem))
  return new Map(keys.map(key => [keyId(key), key]))
}

export type CheckedCheckpoints = { readonly trusted: readonly Checkpoint[]; readonly findings: readonly Finding[] }

/** The checkpoints of one writer that hold, in order. Without keys all are taken at their word. */
export function checkCheckpoints(
  writer: string,
  stored: readonly Checkpoint[],
  anchored: readonly Checkpoint[],
  keys: PublicKeys,
): CheckedCheckpoints {
  const findings: Finding[] = []
  const known = new Set(stored.map(nameOf))
  for (const anchor of anchored.filter(one => !known.has(nameOf(one)))) {
    findings.push(finding('checkpoint_missing', writer, anchor, 'an anchor holds it'))
  }
  const all = new Map([...stored, ...anchored].map(one => [nameOf(one), one]))
  const trusted = [...all.values()]
    .sort((a, b) => a.first_seq - b.first_seq || a.last_seq - b.last_seq)
    .filter(one => {
      const wrong = keys.size === 0 ? undefined : wrongSignature(one, keys)
      if (wrong !== undefined) findings.push(finding(wrong, writer, one, `key ${one.key_id}`))
      return wrong === undefined
    })
  return { trusted, findings: [...findings, ...holes(writer, trusted)] }
}

function wrongSignature(one: Checkpoint, keys: PublicKeys) {
  const key = keys.get(one.key_id)
  if (key === undefined) return 'checkpoint_key_unknown'
  const isGood = verify(null, Buffer.from(signedText(one)), key, Buffer.from(one.signature, 'base64'))
  return isGood ? undefined : 'checkpoint_forged'
}

function holes(writer: string, trusted: readonly Checkpoint[]): readonly Finding[] {
  return trusted.slice(1).flatMap((one, index) => {
    const before = trusted[index]
    if (before === undefined || one.first_seq <= before.last_seq + 1) return []
    const range = { first_seq: before.last_seq + 1, last_seq: one.first_seq - 1 }
    return [finding('checkpoint_missing', writer, range, 'between two that are there')]
  })
}

function finding(
  kind: Finding['kind'],
  writer: string,
  range: Pick<Checkpoint, 'first_seq' | 'last_seq'>,
  detail: string,
) {
  return { kind, writer, seq: range.first_seq, toSeq: range.last_seq, detail }
}

function nameOf({ first_seq, last_seq, first_hash, last_hash, signature }: Checkpoint): string {
  return JSON.stringify([first_seq, last_seq, first_hash, last_hash, signature])
}

import { z } from 'zod'
import type { Row, RowDraft } from '../rows/row.ts'

/** A stretch of one writer's chain that no checkpoint covers yet. */
export const chainRange = z.strictObject({
  firstSeq: z.int(),
  lastSeq: z.int(),
  /** What the first event carries as the hash before it. */
  firstHash: z.string(),
  lastHash: z.string(),
  firstAt: z.string(),
  lastAt: z.string(),
})
export type ChainRange = Readonly<z.infer<typeof chainRange>>

/** A row of `checkpoints`: a writer's signed word on a stretch of its chain. */
export const checkpoint = z.strictObject({
  ts: z.string(),
  tenant: z.string(),
  first_seq: z.int(),
  last_seq: z.int(),
  first_hash: z.string(),
  last_hash: z.string(),
  first_at: z.string(),
  last_at: z.string(),
  key_id: z.string(),
  signature: z.string(),
  writer: z.string(),
  line: z.int(),
})
export type Checkpoint = Readonly<z.infer<typeof checkpoint>>

export type Signer = { readonly keyId: string; readonly sign: (text: string) => string }

/** Makes the checkpoint of a stretch; the spool asks for it when a segment is full, at its end, and now and then. */
export type Seal = (writer: string, range: ChainRange) => RowDraft

export function sealWith(signer: Signer, tenant: string, now: () => string): Seal {
  return (writer, range) => {
    const facts = {
      ts: now(),
      tenant,
      first_seq: range.firstSeq,
      last_seq: range.lastSeq,
      first_hash: range.firstHash,
      last_hash: range.lastHash,
      first_at: range.firstAt,
      last_at: range.lastAt,
      key_id: signer.keyId,
    } satisfies Row
    const signature = signer.sign(signedText({ ...facts, writer }))
    return { table: 'checkpoints', json: JSON.stringify({ ...facts, signature }) }
  }
}

/** The bytes that a signature is about: everything but the signature and the line it stands on. */
export function signedText(facts: Omit<Checkpoint, 'signature' | 'line'>): string {
  const { ts, tenant, writer, first_seq, last_seq, first_hash, last_hash, first_at, last_at, key_id } = facts
  return JSON.stringify([ts, tenant, writer, first_seq, last_seq, first_hash, last_hash, first_at, last_at, key_id])
}

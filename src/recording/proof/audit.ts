import { ChainVerifier } from './chain-verifier.ts'
import { checkCheckpoints, type PublicKeys } from './check-checkpoints.ts'
import type { Checkpoint } from './checkpoint.ts'
import type { Finding } from './finding.ts'
import type { ProofSource } from './proof-source.ts'

export type AuditReport = {
  readonly writers: number
  readonly events: number
  readonly rows: number
  readonly checkpoints: number
  /** Events that no checkpoint covers yet; the last of them could still be changed unseen. */
  readonly unsealed: number
  /** Events and rows that are gone because the store no longer keeps them. */
  readonly expired: number
  readonly areSignaturesChecked: boolean
  readonly findings: readonly Finding[]
}

export type Evidence = {
  readonly keys: PublicKeys
  /** Checkpoints that were kept elsewhere. */
  readonly anchored: readonly Checkpoint[]
}

/** Follows every chain of a source from its first row to its last. */
export async function audit(source: ProofSource, { keys, anchored }: Evidence): Promise<AuditReport> {
  const writers = [...new Set([...(await source.writers()), ...anchored.map(({ writer }) => writer)])]
  const total = { events: 0, rows: 0, checkpoints: 0, unsealed: 0, expired: 0 }
  const findings: Finding[] = []
  for (const writer of writers) {
    const own = anchored.filter(one => one.writer === writer)
    const checked = checkCheckpoints(writer, await source.checkpoints(writer), own, keys)
    const chain = new ChainVerifier(writer, checked.trusted, source)
    for await (const lines of source.lines(writer)) for (const line of lines) chain.take(line)
    chain.end()
    total.events += chain.events
    total.rows += chain.rows
    total.checkpoints += checked.trusted.length
    total.unsealed += chain.unsealed
    total.expired += chain.expired
    findings.push(...checked.findings, ...chain.findings)
  }
  return { writers: writers.length, ...total, areSignaturesChecked: keys.size > 0, findings }
}

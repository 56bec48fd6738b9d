import { z } from 'zod'
import { eventHash } from '../spool/chain.ts'
import type { Checkpoint } from './checkpoint.ts'
import type { Finding, FindingKind } from './finding.ts'
import type { ProofSource, ProvenLine } from './proof-source.ts'
import { RowVerifier } from './row-verifier.ts'

const eventRow = z.object({
  ts: z.string(),
  event_id: z.string(),
  seq: z.int(),
  line: z.int(),
  prev_hash: z.string(),
  row_hashes: z.array(z.string()).default([]),
})
type Link = z.infer<typeof eventRow> & { readonly hash: string }

/** Follows one writer's chain line by line and names what does not fit. */
export class ChainVerifier {
  readonly findings: Finding[] = []
  events = 0
  rows = 0
  expired = 0
  readonly #writer: string
  readonly #checkpoints: readonly Checkpoint[]
  readonly #source: Pick<ProofSource, 'beginsAnywhere' | 'keptSince'>
  readonly #beside: RowVerifier
  readonly #named = new Set<number>()
  #before: Link | undefined
  #last: Link | undefined

  constructor(
    writer: string,
    checkpoints: readonly Checkpoint[],
    source: Pick<ProofSource, 'beginsAnywhere' | 'keptSince'>,
  ) {
    this.#writer = writer
    this.#checkpoints = checkpoints
    this.#source = source
    this.#beside = new RowVerifier(writer, source.keptSince?.results)
  }

  /** Events that no checkpoint covers. */
  get unsealed(): number {
    return Math.max(0, (this.#last?.seq ?? 0) - (this.#checkpoints.at(-1)?.last_seq ?? 0))
  }

  take({ table, line, json }: ProvenLine): void {
    if (table === 'events') {
      this.#takeEvent({ ...eventRow.parse(JSON.parse(json)), hash: eventHash(json) })
    } else {
      this.rows += 1
      this.#beside.take({ table, line, json })
    }
  }

  /** The end of the chain: what checkpoints tell of beyond it is missing. */
  end(): void {
    const covered = this.#checkpoints.at(-1)?.last_seq ?? 0
    const last = this.#last?.seq ?? 0
    if (covered > last && (last > 0 || !this.#source.beginsAnywhere)) this.#missing(last + 1, covered)
    this.findings.push(...this.#beside.end())
    this.expired += this.#beside.expired
  }

  #takeEvent(event: Link): void {
    const last = this.#last
    this.events += 1
    const isInOrder = last === undefined ? this.#begin(event) : this.#follow(last, event)
    if (event.seq !== last?.seq) {
      this.findings.push(...this.#beside.match(event, last === undefined || event.seq !== last.seq + 1))
    }
    if (!isInOrder) return
    this.#compareWithCheckpoints(event)
    this.#before = last
    this.#last = event
  }

  #begin(event: Link): boolean {
    if (event.seq > 1 && !this.#source.beginsAnywhere) this.#missing(1, event.seq - 1)
    return true
  }

  #follow(last: Link, event: Link): boolean {
    if (event.seq === last.seq) return this.#name('duplicated', event, `${last.event_id} has it too`)
    if (event.seq < last.seq) return this.#name('out_of_order', event, `it stands after event ${last.seq}`)
    if (event.seq > last.seq + 1) this.#missing(last.seq + 1, event.seq - 1)
    else if (event.prev_hash !== last.hash) this.#changed(last, event)
    return true
  }

  #changed(event: Link, next: Link | undefined): void {
    const isBackDated = event.ts < (this.#before?.ts ?? '') || (next !== undefined && event.ts > next.ts)
    const detail = isBackDated ? `its time is now ${event.ts}` : 'its hash is not the one on record'
    this.#name(isBackDated ? 'back_dated' : 'changed', event, detail)
  }

  #compareWithCheckpoints(event: Link): void {
    for (const { first_seq, last_seq, first_hash, last_hash } of this.#checkpoints) {
      if (event.seq === first_seq && event.prev_hash !== first_hash) {
        this.#name('rewritten', event, 'it does not follow the event that the checkpoint says')
      }
      if (event.seq === last_seq && event.hash !== last_hash) {
        this.#name('rewritten', event, 'the checkpoint ends with another event')
      }
    }
  }

  // What is older than the store keeps things is not missing; the checkpoints say how old it was.
  #missing(from: number, to: number): void {
    const kept = this.#source.keptSince?.events
    let start = from
    for (const { first_seq, last_seq, last_at } of this.#checkpoints) {
      if (kept === undefined || first_seq > start || last_seq < start || last_at >= kept) continue
      this.expired += Math.min(last_seq, to) - start + 1
      start = last_seq + 1
    }
    if (start > to) return
    const text = start === to ? `event ${start}` : `${to - start + 1} events, ${start} to ${to}`
    this.findings.push({ kind: 'missing', writer: this.#writer, seq: start, toSeq: to, detail: text })
  }

  #name(kind: FindingKind, { seq, line, event_id }: Link, detail: string): false {
    if (!this.#named.has(seq)) {
      this.findings.push({ kind, writer: this.#writer, seq, line, eventId: event_id, detail })
    }
    this.#named.add(seq)
    return false
  }
}

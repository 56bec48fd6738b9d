import { rowHash } from '../spool/chain.ts'
import type { Finding } from './finding.ts'
import type { ProvenLine } from './proof-source.ts'

type Owner = {
  readonly ts: string
  readonly seq: number
  readonly line: number
  readonly event_id: string
  readonly row_hashes: readonly string[]
}

/** Compares the rows that stand before an event with the hashes that the event carries. */
export class RowVerifier {
  expired = 0
  readonly #writer: string
  readonly #resultsKeptSince: string | undefined
  #waiting = new Map<number, ProvenLine>()

  constructor(writer: string, resultsKeptSince: string | undefined) {
    this.#writer = writer
    this.#resultsKeptSince = resultsKeptSince
  }

  take(row: ProvenLine): void {
    this.#waiting.set(row.line, row)
  }

  /** What is wrong with the rows of this event. After a gap, rows of events that are gone are not told again. */
  match(event: Owner, isAfterGap: boolean): readonly Finding[] {
    const first = event.line - event.row_hashes.length
    const own = event.row_hashes.flatMap((hash, index) => this.#compare(event, first + index, hash))
    const strangers = [...this.#waiting.keys()].filter(line => line < event.line)
    const added = isAfterGap ? [] : strangers.map(line => this.#finding('row_added', event, line))
    for (const line of strangers) this.#waiting.delete(line)
    return [...own, ...added]
  }

  /** Rows after the last event. */
  end(): readonly Finding[] {
    const left = [...this.#waiting.keys()]
    this.#waiting = new Map()
    return left.map(line => ({ kind: 'row_added', writer: this.#writer, line, detail: 'after the last event' }))
  }

  #compare(event: Owner, line: number, hash: string): readonly Finding[] {
    const row = this.#waiting.get(line)
    this.#waiting.delete(line)
    if (row !== undefined)
      return rowHash(row.json) === hash ? [] : [this.#finding('row_changed', event, line, row.table)]
    if (this.#resultsKeptSince !== undefined && event.ts < this.#resultsKeptSince) {
      this.expired += 1
      return []
    }
    return [this.#finding('row_missing', event, line)]
  }

  #finding(kind: Finding['kind'], { seq, event_id }: Owner, line: number, table = 'column_access or results'): Finding {
    return { kind, writer: this.#writer, seq, line, eventId: event_id, detail: `line ${line} of ${table}` }
  }
}

import { Failure } from '../model/failure.ts'
import { type RecordQuestion, recordsRead } from '../model/record-question.ts'
import type { Finished, Recorded } from '../model/session-event.ts'
import type { StatementFacts } from '../model/statement.ts'
import { tableId } from '../model/table-ref.ts'
import { closingFailures } from './close-failed.ts'
import { openMetadataVisit } from './open-visit.ts'
import type { Refusal } from './outcome.ts'
import type { Ports } from './ports.ts'
import type { Request } from './query.ts'
import { questionAbout } from './question.ts'
import { refuse } from './refuse.ts'

/** Answers a question from the records, row by row, as JSON text. */
export type AnswerRecords = (question: RecordQuestion, signal: AbortSignal) => AsyncIterable<string>

export type RecordsReading = Refusal | { readonly state: 'readable'; readonly recorded: Recorded<Finished> }

/** No project of BigQuery may have this name, so no grant for data opens the records. */
const recordsDataset = { project: '_sluice', dataset: 'records' }

/** Who reads the records is asked for as who reads anything: authenticated, decided and on record before a row is read. */
export async function readRecords(request: Request, question: RecordQuestion, ports: Ports): Promise<RecordsReading> {
  const visit = await openMetadataVisit(request, JSON.stringify(question), ports)
  return closingFailures(visit, ports, async () => {
    const statement = recordsStatement(question, visit.asked.text)
    const decision = await ports.decide(questionAbout(visit, statement, ports))
    if (decision.effect !== 'allow') return refuse(visit, statement, decision, ports)
    const { masks, rowFilters, needs } = decision
    if (masks.size + rowFilters.size + needs.length > 0) {
      throw new Failure('cannot_govern', { detail: 'Records are read whole: policy may only open or close them.' })
    }
    const { principal, origin, asked, beganAt } = visit
    const at = ports.now()
    const durationMs = at.getTime() - beganAt.getTime()
    const event = { at, principal, origin, asked, statement, decision, statistics: {}, rowsDelivered: 0, durationMs }
    return { state: 'readable', recorded: await ports.record({ ...event, type: 'finished' }) }
  })
}

function recordsStatement({ ask }: RecordQuestion, text: string): StatementFacts {
  const tables = recordsRead[ask].map(table => {
    const ref = { ...recordsDataset, table }
    const relation = { id: tableId(ref), ref, kind: 'table' as const, access: ['read' as const] }
    return { ...relation, via: [], columns: [], etag: '', sizeBytes: 0, labels: {} }
  })
  const nothing = { functions: [], features: [], outputs: [] }
  return { text, fingerprint: '', kind: 'AUDIT_READ', class: 'metadata', tables, ...nothing }
}

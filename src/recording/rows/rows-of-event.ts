import type { SessionEvent } from '../../model/session-event.ts'
import { columnAccessRows } from './column-access-rows.ts'
import { eraseFromEvent } from './erase.ts'
import { eventRow } from './event-row.ts'
import { type ResultCaps, resultRow } from './result-row.ts'
import { joinRows, printRow, type Row, type RowDraft } from './row.ts'

export type RowSettings = ResultCaps & { readonly tenant: string }

/** Every row that one event leaves. The event's own row comes last: it is the mark that the others are complete. */
export function rowsOfEvent(event: SessionEvent, eventId: string, settings: RowSettings): readonly RowDraft[] {
  const { kept, erased } = eraseFromEvent(event)
  const row = eventRow(kept, { eventId, tenant: settings.tenant, erased })
  const { ts, tenant, session_id, request_id, principal, email, principal_kind, job_id } = row
  const shared = { ts, tenant, event_id: eventId, session_id, request_id, principal, email, principal_kind, job_id }
  const sharedText = printRow(shared as Row)
  const draft = (table: RowDraft['table'], columns: Row): RowDraft => ({
    table,
    json: joinRows(sharedText, printRow(columns)),
  })
  const accesses = kept.type === 'finished' && kept.job !== undefined ? [] : accessRowsOf(kept)
  return [
    ...accesses.map(access => draft('column_access', access)),
    ...pagesOf(kept).map(page => draft('results', resultRow(page, settings))),
    { table: 'events', json: printRow(row) },
  ]
}

// A finished job's columns are already on record with its start.
function accessRowsOf(event: SessionEvent): readonly Row[] {
  if (!('statement' in event) || !('decision' in event)) return []
  const { statement, decision } = event
  return statement === undefined || decision === undefined ? [] : columnAccessRows(statement, decision)
}

function pagesOf(event: SessionEvent) {
  return 'page' in event && event.page !== undefined ? [event.page] : []
}

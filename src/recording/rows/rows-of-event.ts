import type { SessionEvent } from '../../model/session-event.ts'
import { columnAccessRows } from './column-access-rows.ts'
import { eraseFromEvent } from './erase.ts'
import { eventRow } from './event-row.ts'
import { type ResultCeilings, resultRow, tighterCaps } from './result-row.ts'
import { joinRows, printRow, type Row, type RowDraft } from './row.ts'

export type RowSettings = ResultCeilings & { readonly tenant: string }

/** Every row that one event leaves. The event's own row comes last: it is the mark that the others are complete. */
export function rowsOfEvent(event: SessionEvent, eventId: string, settings: RowSettings): readonly RowDraft[] {
  const { kept, erased } = eraseFromEvent(event)
  // Rows that are erased were delivered all the same.
  const pageRows = pageOf(event)?.rows.length ?? 0
  const row = eventRow(kept, { eventId, tenant: settings.tenant, erased, pageRows })
  const { ts, tenant, session_id, request_id, principal, email, principal_kind, job_id } = row
  const shared = { ts, tenant, event_id: eventId, session_id, request_id, principal, email, principal_kind, job_id }
  const sharedText = printRow(shared as Row)
  const accesses = kept.type === 'finished' && kept.job !== undefined ? [] : accessRowsOf(kept)
  return [
    ...accesses.map(access => besideEvent('column_access', sharedText, access)),
    ...resultRows(kept, pageRows, settings).map(result => besideEvent('results', sharedText, result)),
    { table: 'events', json: printRow(row) },
  ]
}

function besideEvent(table: RowDraft['table'], sharedText: string, columns: Row): RowDraft {
  return { table, json: joinRows(sharedText, printRow(columns)) }
}

// A finished job's columns are already on record with its start.
function accessRowsOf(event: SessionEvent): readonly Row[] {
  if (!('statement' in event) || !('decision' in event)) return []
  const { statement, decision } = event
  return statement === undefined || decision === undefined ? [] : columnAccessRows(statement, decision)
}

function resultRows(event: SessionEvent, pageRows: number, settings: RowSettings): readonly Row[] {
  const page = pageOf(event)
  if (page === undefined) return []
  const caps = 'resultCaps' in event ? event.resultCaps : undefined
  return [resultRow(page, pageRows, tighterCaps(caps ?? {}, settings))]
}

function pageOf(event: SessionEvent) {
  return 'page' in event ? event.page : undefined
}

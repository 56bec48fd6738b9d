import { rowTable } from './row-table.ts'
import type { RecordedPage, SessionRecord, TimelineEvent } from './show-session.ts'

const shownRows = 10

/** A session as lines to read, event by event. */
export function timelineText({ sessionId, events, pages }: SessionRecord): string {
  const [first] = events
  if (first === undefined) return `No events of session ${sessionId} are on record.\n`
  const blocks = events.map((event, index) => eventText(event, events[index - 1], pages.get(event.event_id)))
  return `${sessionHeading(sessionId, first)}\n\n${blocks.join('\n')}`
}

export function sessionHeading(sessionId: string, first: TimelineEvent): string {
  const who = first.email === '' ? first.principal : `${first.email} (${first.principal})`
  return `Session ${sessionId}\n${who}, ${first.principal_kind}, with ${first.client_name || 'an unnamed client'}`
}

/** One event: when, how long after the one before, what happened, and what it was about. */
export function eventText(event: TimelineEvent, before: TimelineEvent | undefined, page?: RecordedPage): string {
  const pause = before === undefined ? '' : `  +${pauseText(event.ts.getTime() - before.ts.getTime())}`
  const time = event.ts.toISOString().slice(0, 23).replace('T', ' ')
  const lines = [`${time}${pause}  ${event.type.toUpperCase()}${event.action === '' ? '' : `  ${event.action}`}`]
  for (const [label, text] of partsOf(event)) if (text !== '') lines.push(indented(label, text))
  if (page !== undefined) lines.push(pageText(page))
  return `${lines.join('\n')}\n`
}

function partsOf(event: TimelineEvent): readonly (readonly [string, string])[] {
  return [
    ['purpose', event.purpose],
    ['asked', event.sql],
    ['with', event.parameters],
    ['decision', decisionText(event)],
    ['because', event.reasons.join('\n')],
    ['approval', event.approvals],
    ['masks', event.masks.join('\n')],
    ['filters', event.row_filters.join('\n')],
    ['ran', event.governed_sql],
    ['job', event.type === 'started' || event.type === 'interrupted' ? event.job_id : ''],
    ['state', event.job_state],
    ['failure', event.failure_code === '' ? '' : `${event.failure_code}: ${event.message}`],
    ['cause', event.cause],
    ['found', event.findings.join('\n')],
    ['erased', event.erased.join('\n')],
    ['outcome', outcomeText(event)],
    ['took', stagesText(event)],
  ]
}

function decisionText({ effect, revision, decision_id, verified_by }: TimelineEvent): string {
  if (effect === '') return ''
  const verified = verified_by === '' ? '' : `, verified by ${verified_by}`
  return `${effect} (revision ${revision}, decision ${decision_id})${verified}`
}

function outcomeText({ type, rows_delivered, duration_ms, bytes_billed }: TimelineEvent): string {
  if (type === 'started' || type === 'denied' || type === 'held') return ''
  return [
    rows_delivered === null ? '' : `${rows_delivered} ${rows_delivered === 1 ? 'row' : 'rows'}`,
    duration_ms === null ? '' : `${duration_ms} ms`,
    bytes_billed === null ? '' : `${bytes_billed} bytes billed`,
  ]
    .filter(part => part !== '')
    .join(', ')
}

function stagesText({ stages }: TimelineEvent): string {
  return Object.entries(stages)
    .map(([stage, ms]) => `${stage} ${ms < 10 ? Math.round(ms * 100) / 100 : Math.round(ms)} ms`)
    .join(', ')
}

function pageText({ fields, rows, page_rows }: RecordedPage): string {
  const shown = rows.slice(0, shownRows)
  const table = rowTable(
    fields.map(({ name }) => name),
    shown,
  )
  const more = page_rows > shown.length ? `\n… ${page_rows - shown.length} more rows` : ''
  return indented('rows', `${table}${more}`)
}

function indented(label: string, text: string): string {
  const [first = '', ...rest] = text.split('\n')
  return [`  ${label.padEnd(9)}${first}`, ...rest.map(line => `${' '.repeat(11)}${line}`)].join('\n')
}

function pauseText(ms: number): string {
  if (ms < 1_000) return `${ms} ms`
  if (ms < 60_000) return `${(ms / 1_000).toFixed(1)} s`
  return `${Math.floor(ms / 60_000)} min ${Math.round((ms % 60_000) / 1_000)} s`
}

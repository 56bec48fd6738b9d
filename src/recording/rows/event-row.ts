import type { DecisionFacts } from '../../model/decision.ts'
import type { GovernedSql, Verified } from '../../model/governed.ts'
import type { JobRef } from '../../model/job.ts'
import type { Origin } from '../../model/origin.ts'
import { type PrincipalClaims, principalId } from '../../model/principal.ts'
import type { JobStatistics, RedactedPage } from '../../model/result.ts'
import type { Asked, SessionEvent } from '../../model/session-event.ts'
import type { StatementFacts } from '../../model/statement.ts'
import { documentText, objectOf } from './document-text.ts'
import { emptyEventRow } from './event-columns.ts'
import { pageHash } from './result-row.ts'
import { type Row, type RowValue, timeText } from './row.ts'

export type EventMarks = {
  readonly eventId: string
  readonly tenant: string
  /** Pointers that the policy had erased from this event. */
  readonly erased: readonly string[]
  /** Rows of the page that was delivered, erased or not. */
  readonly pageRows: number
}

/** An event as a row of `events`: the one place that knows which column holds what. */
export function eventRow(event: SessionEvent, marks: EventMarks): Row {
  const row: Record<string, RowValue> = { ...emptyEventRow }
  row['ts'] = timeText(event.at)
  row['event_id'] = marks.eventId
  row['type'] = event.type
  row['tenant'] = marks.tenant
  row['erased'] = marks.erased
  row['stages'] = event.stageMs === undefined ? '' : JSON.stringify(event.stageMs)
  return Object.assign(
    row,
    originColumns(event.origin),
    principalColumns(event.principal),
    ...partColumns(event, marks),
  )
}

function partColumns(event: SessionEvent, { pageRows }: EventMarks): readonly Row[] {
  switch (event.type) {
    case 'started': {
      const rest = { estimate_bytes: event.estimate?.bytesProcessed ?? null, limits: documentText(event.limits) }
      return [
        ...questionColumns(event),
        event.governed === undefined ? {} : governedColumns(event.governed),
        jobColumns(event.job),
        rest,
      ]
    }
    case 'denied':
      return questionColumns(event)
    case 'held':
      return [...questionColumns(event), { approvals: documentText(event.approvals) }]
    case 'delivered':
      return [jobColumns(event.job), pageColumns(event.page, pageRows), { rows_delivered: pageRows }]
    case 'finished': {
      const rest = { rows_delivered: event.rowsDelivered, ...durationColumns(event) }
      const columns = [
        jobColumns(event.job),
        statisticsColumns(event.statistics),
        pageColumns(event.page, pageRows),
        rest,
      ]
      return [...questionColumns(event), ...columns]
    }
    case 'failed': {
      const rest = { failure_code: event.code, message: event.message, cause: event.cause }
      return [...questionColumns(event), jobColumns(event.job), rest, durationColumns(event)]
    }
    case 'cancelled':
      return [jobColumns(event.job), durationColumns(event)]
    case 'interrupted':
      return [jobColumns(event.job), { job_state: event.jobState }]
  }
}

function durationColumns({ durationMs }: { readonly durationMs: number }): Row {
  return { duration_ms: Math.round(durationMs) }
}

function originColumns({ sessionId, requestId, client, purpose }: Origin): Row {
  return {
    session_id: sessionId,
    request_id: requestId,
    protocol: client.protocol,
    client_name: client.name,
    client_version: client.version,
    client_ip: client.ip,
    user_agent: client.userAgent,
    tool_use_id: client.toolUseId ?? '',
    traceparent: client.traceparent ?? '',
    trace_id: client.traceparent?.split('-')[1] ?? '',
    model: client.model ?? '',
    session_key: client.sessionKey ?? '',
    purpose: purpose ?? '',
  }
}

function principalColumns(principal: PrincipalClaims): Row {
  return {
    principal: principalId(principal),
    issuer: principal.issuer,
    subject: principal.subject,
    email: principal.email ?? '',
    principal_kind: principal.kind,
    groups: principal.groups,
    attributes: documentText(principal.attributes),
    credential_id: principal.credentialId,
    credential_expires: timeText(principal.expiresAt),
  }
}

type QuestionParts = {
  readonly asked?: Asked
  readonly statement?: StatementFacts
  readonly decision?: DecisionFacts
}

function questionColumns({ asked, statement, decision }: QuestionParts): readonly Row[] {
  return [
    asked === undefined ? {} : askedColumns(asked),
    statement === undefined ? {} : statementColumns(statement),
    decision === undefined ? {} : decisionColumns(decision),
  ]
}

function askedColumns(asked: Asked): Row {
  const { defaultDataset } = asked
  return {
    action: asked.action,
    project: asked.project,
    location: asked.location,
    default_dataset: defaultDataset === undefined ? '' : `${defaultDataset.project}.${defaultDataset.dataset}`,
    sql: asked.text,
    parameters: asked.parameters.length === 0 ? '' : documentText(asked.parameters),
  }
}

function statementColumns(statement: StatementFacts): Row {
  const used = statement.tables.flatMap(({ id, columns }) =>
    columns.filter(({ uses }) => uses.length > 0).map(({ name }) => `${id}.${name}`),
  )
  // The text is a column of its own, so the document need not hold it again.
  const { text: _, ...facts } = statement
  return {
    fingerprint: statement.fingerprint,
    statement_kind: statement.kind,
    statement_class: statement.class,
    tables: statement.tables.map(({ id }) => id),
    columns: used,
    features: statement.features,
    functions: statement.functions.map(({ name }) => name),
    statement: documentText(facts),
  }
}

function decisionColumns(decision: DecisionFacts): Row {
  const masksByTable = new Map([...decision.masks].map(([table, columns]) => [table, objectOf(columns)]))
  const masks = [...decision.masks].flatMap(([table, columns]) =>
    [...columns].map(([column, { kind }]) => `${table}.${column}=${kind}`),
  )
  return {
    decision_id: decision.id,
    revision: decision.revision,
    effect: decision.effect,
    reason_codes: decision.reasons.map(({ code }) => code),
    reasons: decision.reasons.map(({ message }) => message),
    masks,
    policies: decision.policies,
    decision: documentText({ ...decision, masks: objectOf(masksByTable), rowFilters: objectOf(decision.rowFilters) }),
  }
}

function governedColumns({ value, by }: Verified<GovernedSql>): Row {
  return {
    governed_sql: value.text,
    governed_parameters: value.parameters.length === 0 ? '' : documentText(value.parameters),
    verified_by: by,
    row_filters: value.applied.filters.map(({ table, sql }) => `${table}: ${sql}`),
    applied: documentText(value.applied),
  }
}

function jobColumns(job: JobRef | undefined): Row {
  return job === undefined ? {} : { job_project: job.project, job_id: job.jobId, job_location: job.location }
}

function statisticsColumns(statistics: JobStatistics): Row {
  return {
    bytes_processed: statistics.bytesProcessed ?? null,
    bytes_billed: statistics.bytesBilled ?? null,
    cache_hit: statistics.cacheHit ?? null,
    slot_ms: statistics.slotMs ?? null,
    affected_rows: statistics.affectedRows ?? null,
  }
}

function pageColumns(page: RedactedPage | undefined, pageRows: number): Row {
  if (page === undefined) return {}
  return {
    page_index: page.index,
    page_rows: pageRows,
    page_hash: pageHash(page),
    findings: page.findings.map(({ detector, column, count, action }) => `${column}: ${detector} ${count} ${action}`),
  }
}

import { randomUUID } from 'node:crypto'
import type { ColumnType } from '../../src/model/column-type.ts'
import type { DecisionFacts } from '../../src/model/decision.ts'
import type { GovernedSql, Verified } from '../../src/model/governed.ts'
import type { Origin } from '../../src/model/origin.ts'
import type { Principal, PrincipalClaims } from '../../src/model/principal.ts'
import type { RedactedPage } from '../../src/model/result.ts'
import type { Delivered, Denied, Failed, Finished, Started } from '../../src/model/session-event.ts'
import type { StatementFacts } from '../../src/model/statement.ts'

const text: ColumnType = { kind: 'scalar', name: 'STRING' }
const customers = 'acme-prod.crm.customers'

/** Someone who asks; tests change what they are about. */
export function samplePrincipal(changes: Partial<PrincipalClaims> = {}): Principal {
  const claims: PrincipalClaims = {
    issuer: 'https://id.example',
    subject: 'ada',
    email: 'ada@example.com',
    groups: ['analysts'],
    kind: 'agent',
    attributes: { region: 'EU' },
    credentialId: 'jti-1',
    expiresAt: new Date('2026-12-01T00:00:00Z'),
    ...changes,
  }
  return claims as Principal
}

export function sampleOrigin(changes: Partial<Origin> = {}): Origin {
  const client = { protocol: 'mcp', name: 'claude', version: '1.0', ip: '127.0.0.1', userAgent: 'claude/1.0' } as const
  return { sessionId: 'session-1', requestId: randomUUID(), client, ...changes }
}

export function sampleStatement(sql: string): StatementFacts {
  return {
    text: sql,
    fingerprint: 'f'.repeat(64),
    kind: 'SELECT',
    class: 'read',
    tables: [
      {
        id: customers,
        ref: { project: 'acme-prod', dataset: 'crm', table: 'customers' },
        kind: 'table',
        access: ['read'],
        via: [],
        columns: [
          { name: 'email', type: text, tags: ['pii'], uses: ['select'] },
          { name: 'country', type: text, tags: [], uses: ['select', 'filter'] },
          { name: 'phone', type: text, tags: ['pii'], uses: [] },
        ],
        etag: 'e1',
        labels: {},
      },
    ],
    functions: [],
    features: [],
    outputs: [{ name: 'email', type: text, lineage: [`${customers}.email`] }],
  }
}

export function sampleDecision(changes: Partial<DecisionFacts> = {}): DecisionFacts {
  return {
    id: randomUUID(),
    revision: 'r1',
    effect: 'allow',
    reasons: [],
    masks: new Map([[customers, new Map([['email', { kind: 'sha256' } as const]])]]),
    rowFilters: new Map(),
    limits: {},
    approvals: [],
    needs: [],
    obligations: [],
    redact: [],
    policies: ['masks.pii'],
    ...changes,
  }
}

export function sampleStarted(changes: Partial<Started> = {}): Started {
  const sql = 'SELECT email, country FROM crm.customers WHERE country = @c'
  const parameters = [{ name: 'c', type: text, value: 'DE' }]
  const governed: GovernedSql = {
    text: 'SELECT TO_HEX(SHA256(`email`)) AS `email` FROM `acme-prod.crm.customers`',
    parameters,
    scans: [],
    outputs: [],
    applied: { masks: [{ table: customers, column: 'email', mask: { kind: 'sha256' } }], filters: [] },
    catalog: [],
    statementKind: 'SELECT',
  } as unknown as GovernedSql
  const at = new Date()
  return {
    type: 'started',
    at,
    origin: sampleOrigin(),
    principal: samplePrincipal(),
    asked: { text: sql, parameters, project: 'acme-prod', location: 'EU', action: 'execute_sql' },
    statement: sampleStatement(sql),
    decision: sampleDecision(),
    governed: { value: governed, by: 'googlesql', cached: false } as unknown as Verified<GovernedSql>,
    limits: { maxRows: 1_000 },
    job: { project: 'acme-prod', jobId: `sluice_${randomUUID()}`, location: 'EU' },
    ...changes,
  }
}

export function samplePage(rows: readonly (readonly string[])[], index = 0): RedactedPage {
  const fields = ['email', 'country'].map(name => ({ name, type: text, nullable: true }))
  const page = { fields, rows, totalRows: rows.length, index, statistics: {}, findings: [] }
  return page as unknown as RedactedPage
}

export function sampleDelivered(started: Started, page: RedactedPage): Delivered {
  const { origin, principal, job } = started
  return { type: 'delivered', at: new Date(), origin, principal, job, page }
}

export function sampleFinished(started: Started, changes: Partial<Finished> = {}): Finished {
  const { origin, principal, job } = started
  const statistics = { bytesProcessed: 1_024, bytesBilled: 10_485_760, cacheHit: false }
  const page = samplePage([['ada@example.com', 'DE']])
  const ended = { statistics, rowsDelivered: 1, durationMs: 12.4 }
  return { type: 'finished', at: new Date(), origin, principal, job, page, ...ended, ...changes }
}

export function sampleDenied(changes: Partial<Denied> = {}): Denied {
  const { asked, statement, origin, principal } = sampleStarted()
  const reason = { code: 'pii_filtered', message: 'Do not filter on email.', policy: 'rules.pii' }
  const decision = sampleDecision({ effect: 'deny', reasons: [reason] })
  return {
    type: 'denied',
    at: new Date(),
    origin,
    principal,
    asked,
    statement,
    decision,
    reasons: [reason],
    ...changes,
  }
}

export function sampleFailed(started: Started): Failed {
  const { origin, principal, job } = started
  const failure = { code: 'warehouse_failed', message: 'BigQuery failed inside.', cause: 'backendError' } as const
  return { type: 'failed', at: new Date(), origin, principal, job, durationMs: 7, ...failure }
}

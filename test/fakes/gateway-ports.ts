import { createHash } from 'node:crypto'
import type { JobsPort } from '../../src/gateway/jobs-port.ts'
import { openKnownReadings } from '../../src/gateway/known-readings.ts'
import type { CatalogPort, PageRequest, Ports } from '../../src/gateway/ports.ts'
import type { TransferPort } from '../../src/gateway/transfer-port.ts'
import { openJobIds } from '../../src/job-ids.ts'
import { openJobNotes } from '../../src/job-notes.ts'
import type { CatalogTable } from '../../src/model/catalog.ts'
import type { Decision, DecisionFacts, Question } from '../../src/model/decision.ts'
import type { GovernedSql, Verified } from '../../src/model/governed.ts'
import type { RunningJob, RunningTransfer } from '../../src/model/job.ts'
import type { Principal } from '../../src/model/principal.ts'
import type { Page } from '../../src/model/result.ts'
import type { Recorded, SessionEvent, TransferStarted } from '../../src/model/session-event.ts'
import { tableId } from '../../src/model/table-ref.ts'
import type { Content } from '../../src/model/transfer.ts'

/** What happened at the ports, in order, for a test to look at. */
export type PortLog = { readonly steps: string[]; readonly events: SessionEvent[]; readonly questions: Question[] }

export type PortScript = {
  readonly tables?: readonly CatalogTable[]
  readonly decide?: (question: Question) => Partial<DecisionFacts>
  readonly pages?: readonly Page[]
  readonly overrides?: Partial<Ports>
}

/** One open table, and the page that a query of it answers. */
export const cities: CatalogTable = {
  ref: { project: 'acme-prod', dataset: 'public_data', table: 'cities' },
  kind: 'table',
  columns: [{ name: 'name', type: { kind: 'scalar', name: 'STRING' }, tags: {} }],
  etag: 'e1',
  labels: {},
  pseudoColumns: [],
}
export const citiesPage: Page = {
  fields: [{ name: 'name', type: { kind: 'scalar', name: 'STRING' }, nullable: true }],
  rows: [['Paris']],
  totalRows: 1,
  index: 0,
  statistics: { bytesBilled: 7 },
}

/** Ports that remember what they were asked, in memory. Evidence is cast here, and only here, for tests of the gateway. */
export function scriptedPorts(script: PortScript = {}): { ports: Ports; log: PortLog } {
  const log: PortLog = { steps: [], events: [], questions: [] }
  let ids = 0
  const jobIds = openJobIds('a key of tests')
  const ports: Ports = {
    authenticate: async () => alice,
    openSession: () => 'session-1',
    catalog: catalogOf(script.tables ?? []),
    decide: async question => {
      log.steps.push(`decide ${question.phase}`)
      log.questions.push(question)
      return { ...allowAll, ...script.decide?.(question) } as Decision
    },
    verify: async governed => {
      log.steps.push('verify')
      return { value: governed, by: 'googlesql', cached: false } as unknown as Verified<GovernedSql>
    },
    warehouse: scriptedWarehouse(script.pages ?? [], log),
    transfers: scriptedTransfers(log),
    jobs: noJobs,
    record: async event => {
      log.steps.push(`record ${event.type}`)
      log.events.push(event)
      return { event, eventId: `event-${log.events.length}` } as unknown as Recorded<typeof event>
    },
    readings: openKnownReadings(),
    now: () => new Date('2026-01-05T10:00:00Z'),
    newId: () => `id-${++ids}`,
    digest: text => createHash('sha256').update(text).digest('hex'),
    newJobId: jobIds.newJobId,
    isJobOwnedBy: jobIds.isOwnedBy,
    jobNotes: openJobNotes('a key of tests'),
    observe: () => {},
    settings: {
      environment: 'test',
      project: 'acme-prod',
      location: 'US',
      dryRun: 'when_needed',
      maxQueryBytes: 1_000_000,
      maxRowsPerPage: 1_000,
      defaultTimeoutMs: 60_000,
    },
    ...script.overrides,
  }
  return { ports, log }
}

const alice = {
  issuer: 'https://idp.acme.example',
  subject: 'alice',
  groups: ['analysts'],
  kind: 'agent',
  attributes: {},
  credentialId: 'token-1',
  expiresAt: new Date('2027-01-01T00:00:00Z'),
} as unknown as Principal

const allowAll: DecisionFacts = {
  id: 'decision-1',
  revision: 'revision-1',
  effect: 'allow',
  reasons: [],
  masks: new Map(),
  rowFilters: new Map(),
  limits: {},
  approvals: [],
  needs: [],
  obligations: [],
  redact: [],
  policies: [],
}

function catalogOf(tables: readonly CatalogTable[]): CatalogPort {
  const byId = new Map(tables.map(table => [tableId(table.ref), table]))
  return {
    snapshot: async wanted => ({
      tables: new Map(
        wanted.tables.map(ref => {
          const table = byId.get(tableId(ref))
          return [tableId(ref), table === undefined ? { state: 'missing', nearest: [] } : { state: 'found', table }]
        }),
      ),
      wildcards: new Map(wanted.wildcards.map(ref => [tableId(ref), []])),
      routines: new Map(wanted.routines.map(ref => [tableId(ref), { state: 'missing', nearest: [] }])),
    }),
    datasets: async () => [],
    dataset: async place => {
      const isThere = tables.some(({ ref }) => ref.dataset === place.dataset)
      return isThere ? { ...place, location: 'US', etag: 'd1', labels: {} } : undefined
    },
    routines: async () => [],
    tables: async ({ dataset }) => tables.filter(table => table.ref.dataset === dataset),
  }
}

function scriptedWarehouse(pages: readonly Page[], log: PortLog): Ports['warehouse'] {
  const pageOf = (request: PageRequest) => {
    log.steps.push('page')
    const page = pages[request.index]
    if (page === undefined) throw new Error('the script has no such page')
    return request.maxRows === 0 ? { ...page, rows: [] } : page
  }
  return {
    estimate: async () => {
      log.steps.push('estimate')
      return { bytesProcessed: 10, accuracy: 'precise' }
    },
    execute: async ({ event }) => {
      log.steps.push('execute')
      const { principal, origin, statement, decision, governed, job, at } = event
      const facts = { ref: job, principal, origin, statement, decision, governed: governed.value, startedAt: at }
      return facts as unknown as RunningJob
    },
    resume: (known, { statement, decision, governed }) =>
      ({ ...known, statement, decision, governed: governed.value }) as unknown as RunningJob,
    page: async (_job, request) => pageOf(request),
    pageWithin: async (_job, request) => pageOf(request),
    cancel: async () => {
      log.steps.push('cancel')
    },
  }
}

/** A warehouse that has no jobs but those that this replica knows. */
const noJobs: JobsPort = {
  find: async () => undefined,
  list: async () => ({ jobs: [] }),
  forget: async () => {},
}

/** Moves nothing, and ends at once. */
function scriptedTransfers(log: PortLog): TransferPort {
  const jobOf = ({ event }: Recorded<TransferStarted>, content?: Content) => {
    const { principal, origin, statement, decision, job, at } = event
    const transfer = content === undefined ? statement.transfer : { ...statement.transfer, content }
    const sent = { ...statement, transfer }
    return { ref: job, principal, origin, statement: sent, decision, startedAt: at } as unknown as RunningTransfer
  }
  return {
    start: async started => {
      log.steps.push('transfer')
      return jobOf(started)
    },
    startWith: async (started, content) => {
      log.steps.push('transfer')
      return jobOf(started, await contentOf(content))
    },
    openUpload: async started => ({
      send: async ({ content, range = '' }) => {
        log.steps.push(`part ${range}`.trim())
        const sent = await contentOf(content)
        if (range.endsWith('/*')) return { state: 'partly', received: range.replace(/^bytes (.*)\/.*$/, 'bytes=$1') }
        return { state: 'running', job: jobOf(started, sent) }
      },
    }),
    look: async () => ({ affectedRows: 1, moved: { files: 1 } }),
    insertRows: async () => {
      log.steps.push('insert rows')
      return []
    },
    alter: async () => {
      log.steps.push('alter')
    },
  }
}

async function contentOf(content: AsyncIterable<Uint8Array>): Promise<Content> {
  const parts: Uint8Array[] = []
  for await (const part of content) parts.push(part)
  const bytes = Buffer.concat(parts)
  return { bytes: bytes.length, sha256: createHash('sha256').update(bytes).digest('hex') }
}

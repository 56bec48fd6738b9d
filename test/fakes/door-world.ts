import type { FastifyInstance } from 'fastify'
import type { Ports } from '../../src/gateway/ports.ts'
import { type Listening, listen } from '../../src/http/listen.ts'
import { httpOptions } from '../../src/http/options.ts'
import { openAuthenticator } from '../../src/identity/authenticate.ts'
import { identityOptions } from '../../src/identity/options.ts'
import type { CatalogTable } from '../../src/model/catalog.ts'
import type { ScalarType } from '../../src/model/column-type.ts'
import type { DecisionFacts, Question } from '../../src/model/decision.ts'
import type { Failure } from '../../src/model/failure.ts'
import type { Page } from '../../src/model/result.ts'
import { openLog } from '../../src/telemetry/log.ts'
import { openMetrics } from '../../src/telemetry/metrics.ts'
import { telemetryOptions } from '../../src/telemetry/options.ts'
import { type PortLog, scriptedPorts } from './gateway-ports.ts'
import { type IdentityProvider, openIdentityProvider } from './identity-provider.ts'

/** A real server with real identity, and a policy and warehouse that follow a script. */
export type DoorWorld = {
  readonly url: URL
  readonly provider: IdentityProvider
  readonly log: PortLog
  readonly failures: { failure: Failure; action: string }[]
  readonly token: (subject: string, groups?: readonly string[]) => Promise<string>
  readonly close: () => Promise<void>
}

export type DoorScript = { readonly pages?: readonly Page[]; readonly overrides?: Partial<Ports> }

/** What a door is mounted with. */
export type DoorParts = {
  readonly ports: Ports
  readonly issuer: string
  readonly report: (failure: Failure, action: string) => void
}
export type MountDoor = (app: FastifyInstance, publicUrl: () => URL, parts: DoorParts) => void

export async function openDoorWorld(script: DoorScript, mount: MountDoor): Promise<DoorWorld> {
  const { pages = [], overrides = {} } = script
  const provider = await openIdentityProvider()
  const issuers = [{ issuer: provider.issuer, jwksUrl: provider.jwksUrl }]
  const identity = identityOptions.parse({ audiences: ['bq-gateway'], issuers })
  const authenticate = openAuthenticator(identity, () => new Date())
  const { ports, log } = scriptedPorts({ tables, pages, decide, overrides: { authenticate, ...overrides } })
  const failures: DoorWorld['failures'] = []
  const report = (failure: Failure, action: string) => void failures.push({ failure, action })
  const { issuer } = provider
  const server = await listenWith((app, publicUrl) => mount(app, publicUrl, { ports, issuer, report }))
  return {
    ...{ url: server.url, provider, log, failures },
    token: (subject, groups = ['analysts']) => {
      const now = Math.floor(Date.now() / 1_000)
      return provider.sign({ aud: 'bq-gateway', sub: subject, groups, iat: now, exp: now + 300 })
    },
    close: async () => {
      await server.close()
      await provider.close()
    },
  }
}

function listenWith(door: Parameters<typeof listen>[1]['doors'][number]): Promise<Listening> {
  const options = httpOptions.parse({ port: 0, operationsPort: 0, closeTimeoutMs: 200 })
  const log = openLog(telemetryOptions.parse({ logLevel: 'silent' }))
  return listen(options, { log, metrics: openMetrics(), notReady: () => [], doors: [door] })
}

function tableOf(dataset: string, table: string, columns: Readonly<Record<string, ScalarType>>): CatalogTable {
  return {
    ref: { project: 'acme-prod', dataset, table },
    kind: 'table',
    columns: Object.entries(columns).map(([name, type]) => ({ name, type: { kind: 'scalar', name: type }, tags: {} })),
    etag: 'e1',
    labels: {},
    pseudoColumns: [],
  }
}

const tables = [
  tableOf('crm', 'users', { id: 'INT64', name: 'STRING', email: 'STRING' }),
  tableOf('crm', 'orders', { id: 'INT64', region: 'STRING' }),
  tableOf('hr', 'salaries', { name: 'STRING', salary: 'NUMERIC' }),
]

/** Analysts see crm with masked addresses and European orders; nobody sees hr. */
function decide({ principal, statement }: Question): Partial<DecisionFacts> {
  const closed = statement.tables.find(({ ref }) => ref.dataset !== 'crm')
  if (closed !== undefined || !principal.groups.includes('analysts')) {
    const where = closed === undefined ? {} : { table: closed.id }
    const message = 'Analysts read the dataset crm only. Ask for a table in it.'
    return { effect: 'deny', reasons: [{ code: 'dataset_closed', message, policy: 'dataset_access', ...where }] }
  }
  const filter = { type: 'field', operator: 'eq', field: 'region', value: 'EU' } as const
  return {
    masks: new Map([['acme-prod.crm.users', new Map([['email', { kind: 'sha256' }]])]]),
    rowFilters: new Map([['acme-prod.crm.orders', [{ condition: filter, guard: false }]]]),
  }
}

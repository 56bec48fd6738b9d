import { readFileSync } from 'node:fs'
import type { Config } from './config/config.ts'
import type { Ports } from './gateway/ports.ts'
import type { AnswerRecords } from './gateway/read-records.ts'
import type { Door } from './http/listen.ts'
import type { Failure } from './model/failure.ts'
import { type JobBook, openJobBook } from './protocol/bigquery/job-book.ts'
import { mountBigQuery } from './protocol/bigquery/mount.ts'
import { mountConsole } from './protocol/console/mount.ts'
import { mountMcp } from './protocol/mcp/mount.ts'
import { type GrpcService, storageService } from './protocol/storage/serve.ts'
import { openStreamNames } from './protocol/storage/stream-names.ts'
import type { Log } from './telemetry/log.ts'
import type { Metrics } from './telemetry/metrics.ts'

export type DoorParts = {
  readonly ports: Ports
  /** Of all replicas: names that one gave out, the others know. */
  readonly nameKey: string
  /** Absent where records go nowhere that they could be read. */
  readonly answerRecords: AnswerRecords | undefined
  readonly log: Log
  readonly metrics: Metrics
}

/** What every door gets beside its own options. */
export type DoorDesk = {
  readonly ports: Ports
  readonly nameKey: string
  readonly answerRecords: AnswerRecords | undefined
  /** The jobs that clients of BigQuery can ask about, whichever door they started them through. */
  readonly jobs: JobBook
  /** Sluice's own version. */
  readonly version: string
  /** Takes every failure that a client was told, with its cause. */
  readonly report: (failure: Failure, action: string) => void
}

/** One row for each way in which clients talk to Sluice over HTTP; BigQuery's Storage API has a port of its own. */
const rows: readonly ((config: Config, desk: DoorDesk) => Door)[] = [
  (config, desk) => (app, publicUrl) => mountMcp(app, publicUrl, { ...desk, options: mcpOptionsOf(config) }),
  (config, desk) => (app, publicUrl) => mountBigQuery(app, publicUrl, { ...desk, options: config.bigquery }),
  (_, desk) => app => mountConsole(app, desk),
]

export type Doors = { readonly http: readonly Door[]; readonly storage: GrpcService }

export function doors(config: Config, parts: DoorParts): Doors {
  const { ports, answerRecords, nameKey, log, metrics } = parts
  const report = (failure: Failure, action: string) => {
    metrics.countFailure(failure.code)
    const level = isOurs(failure) ? 'error' : 'info'
    log[level]({ err: failure, action }, 'a request was stopped')
  }
  const jobs = openJobBook(config.bigquery.maxOpenJobs)
  const desk = { ports, nameKey, answerRecords, jobs, version, report }
  const { observeHttp: observe } = metrics
  return {
    http: rows.map(row => row(config, desk)),
    storage: storageService({ ...desk, observe, options: config.storage, streamNames: openStreamNames(nameKey) }),
  }
}

/** Clients find their way to a token by the issuers that count, where nothing else is configured. */
function mcpOptionsOf({ mcp, identity }: Config): Config['mcp'] {
  if (mcp.authorizationServers.length > 0) return mcp
  return { ...mcp, authorizationServers: identity.issuers.map(({ issuer }) => issuer) }
}

function isOurs({ code }: Failure): boolean {
  return code === 'internal' || code.endsWith('_unavailable') || code === 'policy_unstable'
}

const { version } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')) as { version: string }

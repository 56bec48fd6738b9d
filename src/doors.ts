import { readFileSync } from 'node:fs'
import type { Config } from './config/config.ts'
import type { Ports } from './gateway/ports.ts'
import type { Door } from './http/listen.ts'
import type { JobIds } from './job-ids.ts'
import type { Failure } from './model/failure.ts'
import { openJobBook } from './protocol/bigquery/job-book.ts'
import { mountBigQuery } from './protocol/bigquery/mount.ts'
import { mountMcp } from './protocol/mcp/mount.ts'
import type { Log } from './telemetry/log.ts'
import type { Metrics } from './telemetry/metrics.ts'

export type DoorParts = {
  readonly ports: Ports
  readonly isJobOwnedBy: JobIds['isOwnedBy']
  readonly log: Log
  readonly metrics: Metrics
}

/** What every door gets beside its own options. */
export type DoorDesk = {
  readonly ports: Ports
  /** Whose a job is that another replica started, or this one before its last start. */
  readonly isJobOwnedBy: JobIds['isOwnedBy']
  /** Sluice's own version. */
  readonly version: string
  /** Takes every failure that a client was told, with its cause. */
  readonly report: (failure: Failure, action: string) => void
}

/** One row for each way in which clients talk to Sluice. */
const rows: readonly ((config: Config, desk: DoorDesk) => Door)[] = [
  (config, desk) => (app, publicUrl) => mountMcp(app, publicUrl, { ...desk, options: mcpOptionsOf(config) }),
  (config, desk) => (app, publicUrl) =>
    mountBigQuery(app, publicUrl, {
      ...desk,
      jobs: openJobBook(config.bigquery.maxOpenJobs),
      options: config.bigquery,
    }),
]

export function doors(config: Config, { ports, isJobOwnedBy, log, metrics }: DoorParts): readonly Door[] {
  const report = (failure: Failure, action: string) => {
    metrics.countFailure(failure.code)
    const level = isOurs(failure) ? 'error' : 'info'
    log[level]({ err: failure, action }, 'a request was stopped')
  }
  return rows.map(row => row(config, { ports, isJobOwnedBy, version, report }))
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

import { join } from 'node:path'
import type { Config } from '../config/config.ts'
import { readConfig } from '../config/load-config.ts'
import { principalKinds } from '../model/principal.ts'

export type SandboxParts = {
  readonly statePath: string
  readonly policiesPath: string
  readonly opaPath: string
  readonly port: number
  /** Absent, the Storage Read API is not served. */
  readonly storagePort?: number | undefined
  readonly jobKey: string
  readonly issuer: { readonly url: string; readonly jwksUrl: string }
  readonly warehouse: { readonly url: string; readonly project: string; readonly location: string }
}

export function mcpUrlOf(port: number): string {
  return `http://127.0.0.1:${port}/mcp`
}

/** Every name that a client on this machine may have for the gateway. */
export function audiencesOf(port: number): [string, ...string[]] {
  return [mcpUrlOf(port), `http://localhost:${port}/mcp`, `http://127.0.0.1:${port}`, `http://localhost:${port}`]
}

/** The configuration of a sandbox: the same that a deployment writes by hand. SLUICE_ variables win over it. */
export function sandboxConfig(parts: SandboxParts, environment: NodeJS.ProcessEnv): Config {
  const { statePath, policiesPath, opaPath, port, storagePort, jobKey, issuer, warehouse } = parts
  const kinds = Object.fromEntries(principalKinds.map(kind => [kind, kind]))
  const document = {
    gateway: { environment: 'sandbox', jobKey },
    http: { port, operationsPort: 0, closeTimeoutMs: 5_000 },
    storage: { port: storagePort },
    identity: {
      audiences: audiencesOf(port),
      issuers: [{ issuer: issuer.url, jwksUrl: issuer.jwksUrl, kindClaim: 'kind', kinds }],
    },
    // Laptops are busy; a deployment gives up sooner.
    policy: { source: { kind: 'directory', path: policiesPath }, opaPath, timeoutMs: 5_000 },
    verification: { timeoutMs: 15_000 },
    warehouse: {
      ...{ project: warehouse.project, location: warehouse.location },
      ...{ apiEndpoint: warehouse.url, credentials: { kind: 'none' } },
    },
    recording: {
      spoolPath: join(statePath, 'spool'),
      store: { kind: 'embedded', path: join(statePath, 'records') },
    },
  }
  return readConfig(document, environment)
}

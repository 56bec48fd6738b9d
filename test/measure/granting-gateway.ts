import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pino } from 'pino'
import { openApp } from '../../src/app.ts'
import { Closers } from '../../src/closers.ts'
import { freePort } from '../../src/sandbox/free-port.ts'
import { openIssuer } from '../../src/sandbox/issuer.ts'
import { startLocalBigQuery } from '../../src/sandbox/local-bigquery.ts'
import { audiencesOf, sandboxConfig } from '../../src/sandbox/sandbox-config.ts'
import { newJobKey } from '../../src/sandbox/settings.ts'
import { openLog } from '../../src/telemetry/log.ts'
import { localBigQueryCommand } from '../../src/tools/local-bigquery.ts'
import { setUpTools } from '../../src/tools/set-up.ts'
import { writeGrantingPolicy } from './granting-policy.ts'
import { home } from './recorded-cases.ts'

export type Endpoint = { readonly url: string; readonly token?: string }

/** A warehouse, and a gateway before it whose policy grants everything: two places to ask the same. */
export type GrantingGateway = {
  readonly warehouse: Endpoint
  readonly gateway: Endpoint
  readonly close: () => Promise<void>
}

export async function openGrantingGateway(): Promise<GrantingGateway> {
  const closers = new Closers()
  try {
    const tools = await setUpTools(['opa', 'googlesql-reference', 'local-bigquery', 'chdb'], text =>
      console.error(text),
    )
    const statePath = await mkdtemp(join(tmpdir(), 'sluice-recorded-'))
    closers.add(() => rm(statePath, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 }))
    const policiesPath = join(statePath, 'policies')
    await mkdir(policiesPath)
    await writeGrantingPolicy(policiesPath)
    const port = await freePort([])
    const issuer = await openIssuer({ statePath, port: 0, lifetimeSeconds: 43_200, audiences: audiencesOf(port) })
    closers.add(issuer.close)
    const place = { dir: join(statePath, 'warehouse'), project: home.project }
    const warehouse = await startLocalBigQuery({ ...localBigQueryCommand(), ...place })
    closers.add(warehouse.stop)
    const config = sandboxConfig(
      {
        ...{ statePath, policiesPath, opaPath: tools.opa.path, port, jobKey: newJobKey(), issuer },
        warehouse: { url: warehouse.url, project: home.project, location: 'US' },
      },
      {},
    )
    const dest = join(statePath, 'sluice.log')
    const app = await openApp(config, openLog(config.telemetry, pino.destination({ dest, sync: true })))
    closers.add(app.close)
    const token = await issuer.mint('bob')
    const gateway = { url: app.url.href.replace(/\/$/, ''), token }
    return { warehouse: { url: warehouse.url }, gateway, close: closers.closeAll }
  } catch (thrown) {
    await closers.closeAll()
    throw thrown
  }
}

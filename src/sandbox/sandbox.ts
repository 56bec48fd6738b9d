import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { pino } from 'pino'
import { type App, openApp } from '../app.ts'
import { Closers } from '../closers.ts'
import { openLog } from '../telemetry/log.ts'
import { localBigQueryCommand } from '../tools/local-bigquery.ts'
import { setUpTools } from '../tools/set-up.ts'
import type { Print } from '../tools/tool.ts'
import { announce, retract } from './announce.ts'
import { claimablePort, freePort } from './free-port.ts'
import { type Issuer, openIssuer } from './issuer.ts'
import { type LocalBigQuery, startLocalBigQuery } from './local-bigquery.ts'
import { people } from './people.ts'
import { audiencesOf, mcpUrlOf, sandboxConfig } from './sandbox-config.ts'
import { newJobKey, readSettings, type SandboxSettings, writeSettings } from './settings.ts'
import { lockState } from './state-lock.ts'
import { loadWorld } from './world.ts'

export type SandboxOptions = {
  readonly statePath: string
  /** The gateway's port; absent, the one of the last start, or the usual one, or any. 0 takes any. */
  readonly port?: number
  readonly worldPath?: string
  readonly policiesPath?: string
  /** A file to write once everything runs. */
  readonly readyPath?: string
  readonly print: Print
}

export type Sandbox = {
  readonly mcpUrl: string
  /** The base of everything that the gateway serves. */
  readonly restUrl: string
  readonly operationsUrl: string
  /** Host and port of BigQuery's Storage Read API. */
  readonly storageEndpoint: string | undefined
  readonly issuerUrl: string
  readonly tokens: Readonly<Record<string, string>>
  readonly store: App['store']
  readonly logPath: string
  /** Stops every part in order; what is on record stays there. */
  readonly stop: () => Promise<void>
}

export const tokenLifetimeSeconds = 43_200
const usualPort = 8_080
const usualStoragePort = 8_081
const ownFile = (name: string) => fileURLToPath(new URL(name, import.meta.url))

/** The whole path on one machine: a warehouse, an issuer, a policy, the store of records, and the gateway before them. */
export async function openSandbox(options: SandboxOptions): Promise<Sandbox> {
  const { statePath, readyPath, print } = options
  const closers = new Closers()
  try {
    const tools = await setUpTools(['opa', 'googlesql-reference', 'local-bigquery', 'chdb'], print)
    closers.add(await lockState(statePath))
    // What a process that was killed left behind announces nothing any more.
    await retract(statePath, readyPath)
    const settings = await settle(options)
    const [issuer, warehouse] = await openSurroundings(options, settings, closers)
    const config = sandboxConfig(
      {
        ...{ statePath, issuer, warehouse, port: settings.port, jobKey: settings.job_key, opaPath: tools.opa.path },
        storagePort: settings.storage_port,
        policiesPath: options.policiesPath ?? ownFile('../../policies'),
      },
      process.env,
    )
    print('Starting the gateway and its store of records')
    const logPath = join(statePath, 'sluice.log')
    const app = await openApp(config, openLog(config.telemetry, pino.destination({ dest: logPath, sync: true })))
    closers.add(app.close)
    const tokens = await Promise.all(people.map(async ({ name }) => [name, await issuer.mint(name)] as const))
    const sandbox = {
      ...{ mcpUrl: mcpUrlOf(settings.port), restUrl: app.url.href.replace(/\/$/, ''), issuerUrl: issuer.url },
      ...{
        operationsUrl: app.operationsUrl.href,
        storageEndpoint: app.storageEndpoint,
        tokens: Object.fromEntries(tokens),
        store: app.store,
        logPath,
      },
      stop: closers.closeAll,
    }
    closers.add(() => retract(statePath, readyPath))
    await announce(sandbox, statePath, readyPath)
    return sandbox
  } catch (thrown) {
    await closers.closeAll()
    throw thrown
  }
}

/** Ports and keys of this start: those of the last one where they can still be had. */
async function settle({ statePath, port, print }: SandboxOptions): Promise<SandboxSettings> {
  const last = await readSettings(statePath)
  const clientPort = port === undefined ? await freePort([last?.port, usualPort]) : await wantedPort(port)
  const storagePorts = [last?.storage_port, port === undefined ? usualStoragePort : undefined]
  const settings = {
    port: clientPort,
    storage_port: await freePort(storagePorts.filter(preferred => preferred !== clientPort)),
    issuer_port: await freePort([last?.issuer_port]),
    job_key: last?.job_key ?? newJobKey(),
  }
  if (last !== undefined && last.issuer_port !== settings.issuer_port) {
    print(`Port ${last.issuer_port} of the issuer is taken: tokens of the last start no longer count.`)
  }
  await writeSettings(statePath, settings)
  return settings
}

async function wantedPort(port: number): Promise<number> {
  const free = await claimablePort(port)
  if (free === undefined) throw new Error(`Port ${port} of 127.0.0.1 cannot be had: choose another with --port.`)
  return free
}

type WarehousePlace = LocalBigQuery & { readonly project: string; readonly location: string }

async function openSurroundings(
  { statePath, worldPath = ownFile('world.json'), print }: SandboxOptions,
  settings: SandboxSettings,
  closers: Closers,
): Promise<readonly [Issuer, WarehousePlace]> {
  const issuer = await openIssuer({
    ...{ statePath, port: settings.issuer_port, lifetimeSeconds: tokenLifetimeSeconds },
    audiences: audiencesOf(settings.port),
  })
  closers.add(issuer.close)
  print('Starting local BigQuery')
  const place = { dir: join(statePath, 'warehouse'), project: 'acme-prod' }
  const warehouse = await startLocalBigQuery({ ...localBigQueryCommand(), ...place })
  closers.add(warehouse.stop)
  const { project, location, made } = await loadWorld(warehouse.url, worldPath)
  if (made.length > 0) print(`Made the tables ${made.join(', ')}`)
  return [issuer, { ...warehouse, project, location }]
}

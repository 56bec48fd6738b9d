import { generateKeyPairSync } from 'node:crypto'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pino } from 'pino'
import { openApp } from '../../src/app.ts'
import { Closers } from '../../src/closers.ts'
import type { Config } from '../../src/config/config.ts'
import { freePort } from '../../src/sandbox/free-port.ts'
import { type Issuer, openIssuer } from '../../src/sandbox/issuer.ts'
import { startLocalBigQuery } from '../../src/sandbox/local-bigquery.ts'
import { audiencesOf, sandboxConfig } from '../../src/sandbox/sandbox-config.ts'
import { newJobKey } from '../../src/sandbox/settings.ts'
import { loadWorld } from '../../src/sandbox/world.ts'
import { openLog } from '../../src/telemetry/log.ts'
import { localBigQueryCommand } from '../../src/tools/local-bigquery.ts'
import { setUpTools } from '../../src/tools/set-up.ts'
import { brokenSources, writeBrokenBundle, writeBrokenPolicy } from './broken-policies.ts'
import type { AttackCase } from './cases.ts'
import { sendHttp } from './http-door.ts'
import type { Answer } from './judge.ts'

/** Gateways for cases that need another policy or issuer, each for one question, before one warehouse. */
export type OwnGateways = {
  readonly ask: (attack: AttackCase) => Promise<Answer>
  readonly close: () => Promise<void>
}

type Ground = { readonly statePath: string; readonly opaPath: string; readonly warehouseUrl: string }

const honest = 'SELECT id FROM crm.users'

export async function openOwnGateways(worldPath: string): Promise<OwnGateways> {
  const closers = new Closers()
  try {
    const tools = await setUpTools(['opa', 'googlesql-reference', 'local-bigquery'], text => console.error(text))
    const statePath = await mkdtemp(join(tmpdir(), 'sluice-broken-'))
    closers.add(() => rm(statePath, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 }))
    const place = { dir: join(statePath, 'warehouse'), project: 'acme-prod' }
    const warehouse = await startLocalBigQuery({ ...localBigQueryCommand(), ...place })
    closers.add(warehouse.stop)
    await loadWorld(warehouse.url, worldPath)
    const ground = { statePath, opaPath: tools.opa.path, warehouseUrl: warehouse.url }
    const control = await askAnew(ground, undefined, honest)
    if (control.state !== 'answered') throw new Error(`a policy that is not broken does not serve: ${control.visible}`)
    return { ask: attack => askAnew(ground, attack.id, textOf(attack)), close: closers.closeAll }
  } catch (thrown) {
    await closers.closeAll()
    throw thrown
  }
}

function textOf({ sql, request }: AttackCase): string {
  const { query = 'SELECT 1' } = (request?.request?.body ?? {}) as { query?: string }
  return sql ?? query
}

/** One question to a gateway that is opened for it and closed again. */
async function askAnew(ground: Ground, id: string | undefined, query: string): Promise<Answer> {
  const own = await mkdtemp(join(ground.statePath, 'gateway-'))
  const port = await freePort([])
  const issuer = await openIssuer({ statePath: own, port: 0, lifetimeSeconds: 3_600, audiences: audiencesOf(port) })
  const dest = join(own, 'sluice.log')
  try {
    const config = await configOf(ground, own, port, issuer, id)
    const app = await openApp(config, openLog(config.telemetry, pino.destination({ dest, sync: true })))
    try {
      const path = '/bigquery/v2/projects/acme-prod/queries'
      return await sendHttp(app.url, await issuer.mint('alice'), { path, body: { query, useLegacySql: false } })
    } finally {
      await app.close()
    }
  } finally {
    await issuer.close()
  }
}

async function configOf(
  { opaPath, warehouseUrl }: Ground,
  own: string,
  port: number,
  issuer: Issuer,
  id: string | undefined,
): Promise<Config> {
  const policiesPath = join(own, 'policies')
  await mkdir(policiesPath)
  await writeBrokenPolicy(policiesPath, id)
  const warehouse = { url: warehouseUrl, project: 'acme-prod', location: 'US' }
  const jwksUrl = id === 'AUT-020' ? `${issuer.url}/nothing-here` : issuer.jwksUrl
  const parts = { statePath: own, policiesPath, opaPath, port, jobKey: newJobKey() }
  const config = sandboxConfig({ ...parts, issuer: { url: issuer.url, jwksUrl }, warehouse }, {})
  const recorded = { ...config, recording: { ...config.recording, store: { kind: 'none' as const } } }
  const source = brokenSources.find(known => known === id)
  if (source === undefined) return recorded
  const path = await writeBrokenBundle(policiesPath, source, opaPath)
  const keys = source === 'POL-027' ? [await writeKey(own)] : []
  return { ...recorded, policy: { ...config.policy, source: { kind: 'bundle', path }, keys } }
}

async function writeKey(own: string) {
  const publicKeyPath = join(own, 'key.pem')
  const { publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
  await writeFile(publicKeyPath, publicKey.export({ type: 'spki', format: 'pem' }))
  return { id: 'policy', algorithm: 'RS256' as const, publicKeyPath }
}

import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { Closers } from '../../src/closers.ts'
import { compileDirectory } from '../../src/policy/compile.ts'
import { freePort } from '../../src/sandbox/free-port.ts'
import { openIssuer } from '../../src/sandbox/issuer.ts'
import { startLocalBigQuery } from '../../src/sandbox/local-bigquery.ts'
import { audiencesOf, mcpUrlOf, sandboxConfig } from '../../src/sandbox/sandbox-config.ts'
import { newJobKey } from '../../src/sandbox/settings.ts'
import { loadWorld } from '../../src/sandbox/world.ts'
import { localBigQueryCommand } from '../../src/tools/local-bigquery.ts'
import { setUpTools } from '../../src/tools/set-up.ts'
import { type Program, startProgram } from './programs.ts'

export const upstreams = ['at once', 'local-bigquery'] as const
export type Upstream = (typeof upstreams)[number]

/** One way to an upstream: straight, through a blind proxy, or through Sluice. */
export type Way = { readonly name: string; readonly url: string; readonly program?: Program }
export type Doors = {
  readonly ways: readonly [Way, Way, Way & { readonly program: Program }]
  /** Through a gateway that understands nothing, and makes the calls and records that one must make. */
  readonly floor: Way
  readonly token: string
  readonly mcpUrl: string
  readonly operationsUrl: string
  readonly close: () => Promise<void>
}

const project = 'acme-prod'
const own = (path: string) => resolve(import.meta.dirname, '../..', path)

/** The three ways to one upstream, each server in a process of its own, and the gateway configured as a deployment is. */
export async function openDoors(upstream: Upstream, nodeOptions: readonly string[] = []): Promise<Doors> {
  const closers = new Closers()
  try {
    const state = await mkdtemp(join(tmpdir(), 'sluice-bench-'))
    closers.add(() => rm(state, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 }))
    const straight = await openUpstream(upstream, state, closers)
    const proxy = await startProgram({ name: 'proxy', args: [straight], logDirectory: state })
    closers.add(proxy.stop)
    const floor = await startProgram({ name: 'floor', args: [straight, state], logDirectory: state })
    closers.add(floor.stop)
    const gateway = await openGateway(straight, state, nodeOptions, closers)
    return {
      ways: [
        { name: 'straight', url: straight },
        { name: 'blind proxy', url: proxy.ready, program: proxy },
        { name: 'Sluice', url: gateway.url, program: gateway.program },
      ],
      floor: { name: 'floor', url: floor.ready, program: floor },
      ...gateway,
      close: closers.closeAll,
    }
  } catch (thrown) {
    await closers.closeAll()
    throw thrown
  }
}

async function openUpstream(upstream: Upstream, state: string, closers: Closers): Promise<string> {
  if (upstream === 'at once') {
    const program = await startProgram({ name: 'upstream', logDirectory: state })
    closers.add(program.stop)
    return program.ready
  }
  await setUpTools(['local-bigquery'], text => console.error(text))
  const place = { dir: join(state, 'warehouse'), project }
  const warehouse = await startLocalBigQuery({ ...localBigQueryCommand(), ...place })
  closers.add(warehouse.stop)
  await loadWorld(warehouse.url, own('src/sandbox/world.json'))
  return warehouse.url
}

async function openGateway(upstream: string, state: string, nodeOptions: readonly string[], closers: Closers) {
  const tools = await setUpTools(['opa', 'googlesql-reference', 'chdb'], text => console.error(text))
  const port = await freePort([])
  const issuer = await openIssuer({ statePath: state, port: 0, lifetimeSeconds: 43_200, audiences: audiencesOf(port) })
  closers.add(issuer.close)
  const parts = { statePath: state, policiesPath: own('policies'), opaPath: tools.opa.path, port, jobKey: newJobKey() }
  const sandbox = sandboxConfig({ ...parts, issuer, warehouse: { url: upstream, project, location: 'US' } }, {})
  // A folder of Rego, which a sandbox has, is looked through every second; a deployment has a bundle.
  const bundlePath = join(state, 'policy.tar.gz')
  await writeFile(bundlePath, await compileDirectory(parts.policiesPath, tools.opa.path))
  const config = { ...sandbox, policy: { ...sandbox.policy, source: { kind: 'bundle', path: bundlePath } } }
  const path = join(state, 'config.json')
  await writeFile(path, JSON.stringify(config))
  const args = ['--config', path]
  const program = await startProgram({ name: 'gateway', args, logDirectory: state, nodeOptions, readyIn: listensIn })
  closers.add(program.stop)
  const { url, operationsUrl } = JSON.parse(program.ready) as { url: string; operationsUrl: string }
  return {
    url: url.replace(/\/$/, ''),
    operationsUrl,
    mcpUrl: mcpUrlOf(port),
    token: await issuer.mint('alice'),
    program,
  }
}

function listensIn(line: string): string | undefined {
  return line.startsWith('{') && line.includes('"Sluice listens"') ? line : undefined
}

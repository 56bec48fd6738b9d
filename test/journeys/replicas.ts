import { type ChildProcess, spawn } from 'node:child_process'
import { readdir, readFile, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { createInterface } from 'node:readline'
import { Closers } from '../../src/closers.ts'
import { openIssuer } from '../../src/sandbox/issuer.ts'
import { startLocalBigQuery } from '../../src/sandbox/local-bigquery.ts'
import { loadWorld } from '../../src/sandbox/world.ts'
import { localBigQueryCommand } from '../../src/tools/local-bigquery.ts'
import { setUpTools } from '../../src/tools/set-up.ts'
import { copyPolicy } from './policy-copy.ts'
import { removeState, stateDirectory } from './spawned-sandbox.ts'

const root = resolve(import.meta.dirname, '../..')
const jobKey = 'a key that all replicas of a test have'

export type Replica = {
  readonly url: string
  readonly storageEndpoint: string
  readonly end: (signal: NodeJS.Signals) => Promise<void>
}

/** What replicas have in common: a warehouse, an issuer, a key, and a policy each. */
export type Deployment = {
  readonly token: (person: string) => Promise<string>
  /** Starts the replica of that name, for which it has a spool of its own. */
  readonly start: (name: string, changes?: Parameters<typeof copyPolicy>[1]) => Promise<Replica>
  /** Types of the events that the spools of all replicas hold for a job, by its id at BigQuery. */
  readonly events: (jobId: string) => Promise<readonly string[]>
  readonly close: () => Promise<void>
}

export async function openDeployment(): Promise<Deployment> {
  const closers = new Closers()
  try {
    const { opa } = await setUpTools(['opa', 'googlesql-reference', 'local-bigquery'], text => console.error(text))
    const state = await stateDirectory()
    closers.add(() => removeState(state))
    const issuer = await openIssuer({ statePath: state, port: 0, audiences: ['sluice'], lifetimeSeconds: 3_600 })
    closers.add(issuer.close)
    const place = { dir: join(state, 'warehouse'), project: 'acme-prod' }
    const warehouse = await startLocalBigQuery({ ...localBigQueryCommand(), ...place })
    closers.add(warehouse.stop)
    await loadWorld(warehouse.url, join(root, 'src/sandbox/world.json'))
    const kinds = { agent: 'agent', human: 'human' }
    const common = {
      gateway: { environment: 'sandbox', jobKey },
      http: { port: 0, operationsPort: 0, closeTimeoutMs: 1_000 },
      storage: { port: 0 },
      identity: {
        audiences: ['sluice'],
        issuers: [{ issuer: issuer.url, jwksUrl: issuer.jwksUrl, kindClaim: 'kind', kinds }],
      },
      verification: { workers: 1, timeoutMs: 15_000 },
      warehouse: { project: 'acme-prod', apiEndpoint: warehouse.url, credentials: { kind: 'none' } },
    }
    return {
      token: issuer.mint,
      start: async (name, changes = {}) => {
        const policy = await copyPolicy(join(state, `policies-${name}`), changes)
        const config = {
          ...common,
          policy: { source: { kind: 'directory', path: policy }, opaPath: opa.path, timeoutMs: 5_000 },
          recording: { spoolPath: join(state, `spool-${name}`), store: { kind: 'none' } },
        }
        const path = join(state, `${name}.json`)
        await writeFile(path, JSON.stringify(config))
        const { replica, kill } = await run(path)
        closers.add(kill)
        return replica
      },
      events: jobId => eventsIn(state, jobId),
      close: closers.closeAll,
    }
  } catch (thrown) {
    await closers.closeAll()
    throw thrown
  }
}

async function run(configPath: string): Promise<{ replica: Replica; kill: () => Promise<void> }> {
  const node = ['--disable-warning=ExperimentalWarning', 'src/bootstrap.mjs', 'src/main.ts', '--config', configPath]
  const child = spawn(process.execPath, node, { cwd: root, stdio: ['ignore', 'pipe', 'inherit'] })
  const ended = new Promise<void>(done => child.once('close', () => done()))
  const end = async (signal: NodeJS.Signals) => {
    child.kill(signal)
    await ended
  }
  const { url, storageEndpoint } = await listening(child)
  return { replica: { url: url.replace(/\/$/, ''), storageEndpoint, end }, kill: () => end('SIGKILL') }
}

async function listening(child: ChildProcess): Promise<{ url: string; storageEndpoint: string }> {
  if (child.stdout === null) throw new Error('the program has no output')
  const lines = createInterface({ input: child.stdout })
  return new Promise((resolveUrl, reject) => {
    lines.on('line', line => {
      const said = JSON.parse(line) as { msg: string; url: string; storageEndpoint: string }
      if (said.msg === 'Sluice listens') resolveUrl(said)
    })
    lines.on('close', () => reject(new Error('the program never listened')))
  })
}

async function eventsIn(state: string, jobId: string): Promise<readonly string[]> {
  const files = await readdir(state, { recursive: true })
  const texts = await Promise.all(
    files.filter(file => /^spool-.*\.ndjson$/.test(file)).map(file => readFile(join(state, file), 'utf8')),
  )
  return texts.flatMap(text =>
    text.split('\n').flatMap(line => (line.includes(`"${jobId}"`) ? [/"type":"(\w+)"/.exec(line)?.[1] ?? ''] : [])),
  )
}

import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { createInterface } from 'node:readline'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { opa } from '../../src/tools/opa.ts'
import { removeState, stateDirectory } from './spawned-sandbox.ts'

const timeout = 120_000
const root = resolve(import.meta.dirname, '../..')
const program = join(root, 'dist/main.js')
let folder = ''

beforeAll(async () => {
  folder = await stateDirectory()
  const { status, stdout } = spawnSync(process.execPath, ['src/build.mjs'], { cwd: root, encoding: 'utf8' })
  if (status !== 0) throw new Error(`the build failed:\n${stdout}`)
}, timeout)
afterAll(() => removeState(folder))

async function run(config: object, ...args: readonly string[]): Promise<ChildProcess> {
  const path = join(folder, 'sluice.json')
  await writeFile(path, JSON.stringify(config))
  const flags = args.length === 0 ? ['--config', path] : args
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', program, ...flags], { cwd: folder })
  child.stderr?.setEncoding('utf8')
  return child
}

async function exitOf(child: ChildProcess): Promise<{ code: number | null; errors: string }> {
  let errors = ''
  child.stderr?.on('data', chunk => {
    errors += chunk
  })
  return new Promise(done => child.once('close', code => done({ code, errors })))
}

describe('the built program', () => {
  test('has beside it what it reads at run time', () => {
    for (const file of ['recording/tables/0001-events.sql', 'tools/googlesql-descriptors.py', 'sandbox/world.json']) {
      expect(existsSync(join(root, 'dist', file)), file).toBe(true)
    }
  })

  test('names every problem of its configuration at once, and ends with code 2', { timeout }, async () => {
    const { code, errors } = await exitOf(await run({ http: { port: 'x' }, warehouse: { projekt: 'p' } }))
    expect(code).toBe(2)
    expect(errors).toContain('http.port')
    expect(errors).toContain('warehouse.projekt is no setting')
    expect(errors).toContain('identity')
    expect((await exitOf(await run({}, '--wrong'))).code).toBe(2)
  })

  test('serves, says what it is waiting for, and stops in order with code 0', { timeout }, async () => {
    const child = await run(await deployment())
    const ended = exitOf(child)
    const { url, operationsUrl } = await listening(child)
    expect((await fetch(new URL('healthz', url))).status).toBe(200)
    const ready = await fetch(new URL('readyz', url))
    expect(ready.status).toBe(503)
    expect(await ready.json()).toEqual({ status: 'not_ready', waiting_for: ['warehouse: catalog_unavailable'] })
    expect((await fetch(new URL('mcp', url), { method: 'POST' })).status).toBe(401)
    expect(await (await fetch(new URL('metrics', operationsUrl))).text()).toContain('sluice_policy_loaded 1')
    child.kill('SIGTERM')
    expect(await ended).toEqual({ code: 0, errors: '' })
  })
})

/** Whole but for BigQuery: nothing listens where it is said to be. */
async function deployment(): Promise<object> {
  const issuers = [{ issuer: 'https://idp.example', jwksUrl: 'https://idp.example/jwks' }]
  return {
    http: { port: 0, operationsPort: 0, closeTimeoutMs: 1_000 },
    identity: { audiences: ['sluice'], issuers },
    policy: {
      source: { kind: 'directory', path: join(root, 'policies') },
      ...{ opaPath: (await opa.find())?.path, timeoutMs: 5_000 },
    },
    warehouse: { project: 'acme-prod', apiEndpoint: 'http://127.0.0.1:9', credentials: { kind: 'none' } },
    recording: { spoolPath: join(folder, 'spool'), store: { kind: 'none' } },
  }
}

async function listening(child: ChildProcess): Promise<{ url: string; operationsUrl: string }> {
  if (child.stdout === null) throw new Error('the program has no output')
  for await (const line of createInterface({ input: child.stdout })) {
    const said = JSON.parse(line) as { msg: string; url: string; operationsUrl: string }
    if (said.msg === 'Sluice listens') return said
  }
  throw new Error('the program never listened')
}

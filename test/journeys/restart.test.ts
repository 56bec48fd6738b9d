import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { visit } from './agent.ts'
import { recordsOf } from './records.ts'
import {
  endLeftovers,
  removeState,
  type SpawnedSandbox,
  sluice,
  spawnSandbox,
  stateDirectory,
} from './spawned-sandbox.ts'

const timeout = 180_000
let statePath = ''
let first: SpawnedSandbox

beforeAll(async () => {
  statePath = await stateDirectory()
  first = await spawnSandbox({ statePath })
}, timeout)
afterAll(async () => {
  endLeftovers()
  await removeState(statePath)
})

/** A look at the catalog is a request like any other: it is authenticated and put on record. */
async function lookAround(mcpUrl: string, token: string | undefined, key: string, times = 1): Promise<void> {
  const agent = await visit(mcpUrl, token, key)
  for (let time = 0; time < times; time++)
    expect((await agent.call('list_tables', { dataset: 'crm' })).error).toBe(undefined)
  await agent.close()
}

function isAlive(pid: number | undefined): boolean {
  try {
    return pid !== undefined && process.kill(pid, 0)
  } catch {
    return false
  }
}

describe('one state directory', () => {
  test('welcomes a newcomer with URLs and commands', () => {
    expect(first.output()).toContain(`claude mcp add --transport http sluice ${first.ready.mcp_url}`)
    for (const name of ['alice', 'bob', 'mallory']) expect(first.output()).toContain(`token ${name}`)
  })

  test('refuses a second start while the first runs', { timeout }, async () => {
    const second = await sluice('start', '--state', statePath, '--port', '0')
    expect(second.code).toBe(1)
    expect(second.output).toContain(`is in use by process ${first.ready.pid}`)
  })

  test('gives tokens to other commands', { timeout }, async () => {
    const { output } = await sluice('token', 'alice', '--state', statePath)
    await lookAround(first.ready.mcp_url, output.trim(), 'minted')
    expect((await sluice('token', 'eve', '--state', statePath)).output).toContain('alice, bob, mallory')
  })

  test('keeps every record over ctrl-C, and stops every child', { timeout }, async () => {
    await lookAround(first.ready.mcp_url, first.ready.tokens['alice'], 'before', 5)
    expect(await first.end('SIGINT')).toBe(0)
    expect(first.output()).toContain('everything is on record')
    expect(isAlive(first.ready.store_pid)).toBe(false)
    expect((await sluice('sessions', 'list', '--state', statePath)).output).toContain('is Sluice running')
  })

  test('goes on at the next start, even after a kill: nothing is lost, nothing is there twice', {
    timeout,
  }, async () => {
    const second = await spawnSandbox({ statePath })
    expect(await recordsOf(statePath, 'before', 5)).toHaveLength(5)
    expect(second.ready.issuer).toBe(first.ready.issuer)
    await lookAround(second.ready.mcp_url, second.ready.tokens['bob'], 'killed', 5)
    await second.end('SIGKILL')
    await expect.poll(() => isAlive(second.ready.store_pid), { timeout: 10_000 }).toBe(false)

    const third = await spawnSandbox({ statePath })
    expect(await recordsOf(statePath, 'killed', 5)).toHaveLength(5)
    expect(await recordsOf(statePath, 'before', 5)).toHaveLength(5)
    expect(await third.end('SIGTERM')).toBe(0)
  })

  test('answers nothing that cannot be put on record', { timeout }, async () => {
    const smallest = { SLUICE_RECORDING_SPOOL_MAX_BYTES: '65536' }
    const full = await spawnSandbox({ statePath, env: smallest })
    const agent = await visit(full.ready.mcp_url, full.ready.tokens['alice'], 'until-full')
    const codes: (string | undefined)[] = []
    while (codes.at(-1) === undefined && codes.length < 200) {
      codes.push((await agent.ask('SELECT name FROM public_data.cities')).error?.code)
    }
    expect(codes.at(-1)).toBe('recorder_unavailable')
    const answered = codes.length - 1
    expect(answered).toBeGreaterThan(0)
    await agent.close()
    const events = await recordsOf(statePath, 'until-full', 2 * answered)
    expect(events.filter(({ type }) => type === 'finished')).toHaveLength(answered)
    await full.end('SIGTERM')
  })
})

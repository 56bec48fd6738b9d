import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { keyedSessionId } from '../../src/recording/session-book.ts'
import { visit } from './agent.ts'
import { recordsOf } from './records.ts'
import { signIn } from './sign-in.ts'
import { sluice } from './spawned-sandbox.ts'
import { journeyTimeoutMs as timeout, useSandbox } from './use-sandbox.ts'

const sandbox = useSandbox()

const as = (name: string, sessionKey?: string) =>
  visit(sandbox.ready.mcp_url, sandbox.ready.tokens[name], sessionKey ?? `journey-${name}`)

const people = 'SELECT id, name, email, ssn FROM crm.users ORDER BY id'
const orders = 'SELECT id, region FROM crm.orders ORDER BY id'
const closed = 'SELECT u.name, s.salary FROM crm.users AS u JOIN hr.salaries AS s ON s.user_id = u.id'

describe('alice, an analyst', () => {
  test('sees hashes for addresses, and no social security numbers', async () => {
    const alice = await as('alice')
    const seen = await alice.ask(people)
    expect(seen.error).toBe(undefined)
    expect(seen.rows).toHaveLength(3)
    for (const [, , email, ssn] of seen.rows ?? []) {
      expect(email).toMatch(/^[0-9a-f]{64}$/)
      expect(ssn).toBe('REDACTED')
    }
    expect(seen.notices?.filter(({ kind }) => kind === 'mask')).toHaveLength(2)
    await alice.close()
  })

  test('sees masks through a view, an alias, a subquery and a function', async () => {
    const alice = await as('alice')
    const clear = /canary\.example|900-\d\d-\d{4}/
    for (const query of [
      'SELECT * FROM crm.v_users',
      'SELECT e AS x FROM (SELECT email AS e FROM crm.users)',
      'WITH t AS (SELECT ssn FROM crm.users) SELECT CONCAT(ssn, "") FROM t',
      'SELECT ARRAY_AGG(STRUCT(email, ssn)) FROM crm.users',
      'SELECT TO_JSON_STRING(u) FROM crm.users AS u',
    ]) {
      const seen = await alice.ask(query)
      expect(JSON.stringify(seen), query).not.toMatch(clear)
      expect(seen.error, query).toBe(undefined)
    }
    await alice.close()
  })

  test('sees the orders of her region, whatever she asks', async () => {
    const alice = await as('alice')
    const seen = await alice.ask(orders)
    expect(seen.rows).toEqual([
      [101, 'EU'],
      [103, 'EU'],
    ])
    expect(seen.notices?.map(({ kind }) => kind)).toContain('row_filter')
    expect((await alice.ask("SELECT COUNT(*) FROM crm.orders WHERE region = 'US' OR TRUE")).rows).toEqual([[2]])
    await alice.close()
  })

  test('is told why a table is closed, and repairs her query', async () => {
    const alice = await as('alice')
    const { error } = await alice.ask(closed)
    expect(error?.code).toBe('policy_denied')
    expect(error?.reasons.map(({ table }) => table)).toContain('acme-prod.hr.salaries')
    expect((await alice.ask('SELECT u.name FROM crm.users AS u ORDER BY u.name')).rows).toHaveLength(3)
    await alice.close()
  })

  test('writes nothing', async () => {
    const alice = await as('alice')
    expect((await alice.ask('DELETE FROM crm.orders WHERE TRUE')).error?.code).toBe('policy_denied')
    await alice.close()
    const bob = await as('bob')
    expect((await bob.ask('SELECT COUNT(*) FROM crm.orders')).rows).toEqual([[4]])
    await bob.close()
  })
})

describe('others', () => {
  test('bob, who may, sees clear text and every row', async () => {
    const bob = await as('bob')
    expect((await bob.ask(people)).rows?.[0]).toEqual([1, 'Alice Archer', 'alice.archer@canary.example', '900-11-0001'])
    expect((await bob.ask(orders)).rows).toHaveLength(4)
    expect((await bob.ask(closed)).error).toBe(undefined)
    await bob.close()
  })

  test('mallory, an outsider, sees nothing, and no difference between what is and what is not', async () => {
    const mallory = await as('mallory')
    for (const query of [people, orders, 'SELECT name FROM public_data.cities']) {
      expect((await mallory.ask(query)).error?.code, query).toBe('policy_denied')
    }
    const codeOf = async (table: string) => (await mallory.ask(`SELECT x FROM ${table}`)).error?.code
    expect(await codeOf('hr.salaries')).toBe(await codeOf('hr.nothing_there'))
    expect((await mallory.call('list_tables', { dataset: 'crm' })).tables).toEqual([])
    await mallory.close()
  })

  test('nobody, without a token that counts', async () => {
    const reply = await fetch(sandbox.ready.mcp_url, { method: 'POST', headers: { authorization: 'Bearer e30.e30.' } })
    expect(reply.status).toBe(401)
    expect(reply.headers.get('www-authenticate')).toContain('resource_metadata=')
  })

  test('a client without a token is led to the sign-in, and back as the person it chose', async () => {
    const token = await signIn(sandbox.ready.mcp_url, 'bob')
    const bob = await visit(sandbox.ready.mcp_url, token)
    expect((await bob.ask('SELECT COUNT(*) FROM crm.orders')).rows).toEqual([[4]])
    await bob.close()
  })

  test('a session key belongs to whoever used it first', async () => {
    const alice = await as('alice', 'journey-owned')
    expect((await alice.ask('SELECT 1 AS one')).rows).toEqual([[1]])
    const bob = await as('bob', 'journey-owned')
    expect((await bob.ask('SELECT 1 AS one')).error?.code).toBe('session_refused')
    await Promise.all([alice.close(), bob.close()])
  })
})

describe('the record', () => {
  test('has what was asked, what was decided and what ran, for every request', { timeout }, async () => {
    const alice = await as('alice', 'journey-recorded')
    await alice.ask(people)
    await alice.ask(closed)
    await alice.close()
    const events = await recordsOf(sandbox.statePath, 'journey-recorded', 3)
    expect(events.map(({ type }) => type)).toEqual(['started', 'finished', 'denied'])
    const [started, finished, denied] = events
    expect(started).toMatchObject({
      sql: people,
      email: 'alice@acme.example',
      verified_by: 'googlesql',
      effect: 'allow',
    })
    expect(started?.governed_sql).toContain('SHA256')
    expect(started?.masks.join()).toContain('acme-prod.crm.users.email')
    expect(finished?.rows_delivered).toBe(3)
    expect(denied).toMatchObject({ sql: closed, effect: 'deny', job_id: '' })
  })

  test('can be read and replayed by command', { timeout }, async () => {
    const list = await sluice('sessions', 'list', '--state', sandbox.statePath, '--person', 'alice')
    expect(list.output).toContain('alice@acme.example')
    const session = /key-[0-9a-f]{32}/.exec(list.output)?.[0] ?? ''
    expect((await sluice('sessions', 'show', session, '--state', sandbox.statePath)).output).toContain('asked')
  })

  test('is compared with what its queries answer today, run again on the tables as they were', {
    timeout,
  }, async () => {
    const bob = await as('bob', 'journey-unmasked')
    await bob.ask(people)
    await bob.close()
    const tokenOf = async (person: string) => {
      const path = join(sandbox.statePath, `${person}.token`)
      await writeFile(path, sandbox.ready.tokens[person] ?? '')
      return ['--run-token-file', path]
    }
    const replay = (key: string, flags: readonly string[] = []) =>
      sluice('sessions', 'replay', keyedSessionId(key), '--run', '--state', sandbox.statePath, ...flags)
    const allowed = await replay('journey-recorded', await tokenOf('bob'))
    expect(allowed.output).toMatch(/ {2}same +SELECT id, name, email, ssn/)
    expect(allowed.code).toBe(0)
    expect((await replay('journey-recorded')).output).toMatch(/ {2}not run +SELECT id.* {2}Access Denied by policy/)
    const masked = await replay('journey-unmasked', await tokenOf('alice'))
    expect(masked.output).toMatch(/ {2}not compared +SELECT id.* {2}policy masks or filters it for you/)
    expect(masked.code).toBe(0)
  })

  test('stands beside what the agent saw, in the demo', { timeout }, async () => {
    const { code, output } = await sluice('demo', '--state', sandbox.statePath)
    expect(code).toBe(0)
    const [seen = '', recorded = ''] = output.split('== What is on record')
    expect(seen).toMatch(/crm\.users\.email is masked/)
    expect(seen).toContain('hr.salaries is not open')
    expect(seen).toMatch(/repaired as the denial says[\s\S]*Alice Archer/)
    expect(recorded).toMatch(/DENIED[\s\S]*because {2}Table hr\.salaries[\s\S]*ran {6}SELECT `u`\.`name`/)
  })

  test('loses nothing while ClickHouse is killed under load', { timeout }, async () => {
    const total = 60
    const key = 'journey-killed'
    const agents = await Promise.all(Array.from({ length: 4 }, () => as('alice', key)))
    let asked = 0
    const work = agents.map(async agent => {
      while (asked < total) {
        asked += 1
        if (asked === total / 3) process.kill(sandbox.ready.store_pid ?? 0, 'SIGKILL')
        expect((await agent.ask('SELECT name FROM public_data.cities')).error).toBe(undefined)
      }
    })
    await Promise.all(work)
    await Promise.all(agents.map(agent => agent.close()))
    const events = await recordsOf(sandbox.statePath, key, 2 * asked)
    expect(events).toHaveLength(2 * asked)
    expect(new Set(events.map(({ event_id }) => event_id)).size).toBe(2 * asked)
  })
})

test('operators see that it is ready, and its figures', async () => {
  const operations = (path: string) => fetch(new URL(path, sandbox.ready.operations_url))
  expect(await (await operations('readyz')).json()).toEqual({ status: 'ready' })
  const metrics = await (await operations('metrics')).text()
  for (const figure of ['sluice_decisions_total{effect="deny"}', 'sluice_stage_seconds_count{stage="verify"}']) {
    expect(metrics).toContain(figure)
  }
})

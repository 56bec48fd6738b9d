import { describe, expect, test } from 'vitest'
import { cities, citiesPage as page, scriptedPorts } from '../../test/fakes/gateway-ports.ts'
import { Failure } from '../model/failure.ts'
import type { Page } from '../model/result.ts'
import type { Query } from './query.ts'
import { explain, fetch, start } from './run-query.ts'

function ask(text: string): Query {
  return {
    credential: { bearer: 'token' },
    client: { protocol: 'mcp', name: 'test', version: '1', ip: '127.0.0.1', userAgent: '' },
    action: 'execute_sql',
    text,
    parameters: [],
    signal: new AbortController().signal,
  }
}

const tables = [cities]
const denied = { effect: 'deny', reasons: [{ code: 'closed', message: 'It is closed.', policy: 'p' }] } as const

describe('start', () => {
  test('decides, verifies and records before it executes', async () => {
    const { ports, log } = scriptedPorts({ tables })
    const outcome = await start(ask('SELECT name FROM public_data.cities'), ports)
    expect(outcome.state).toBe('running')
    expect(log.steps).toEqual(['decide parse', 'verify', 'record started', 'execute'])
  })

  test('puts a denial on record and sends nothing', async () => {
    const { ports, log } = scriptedPorts({ tables, decide: () => denied })
    const outcome = await start(ask('SELECT name FROM public_data.cities'), ports)
    expect(outcome.state).toBe('denied')
    expect(log.steps).toEqual(['decide parse', 'decide parse', 'record denied'])
  })

  test('gives the same no to a closed table, whatever is there and whatever is asked of it', async () => {
    const salaries = { ...cities, ref: { project: 'acme-prod', dataset: 'hr', table: 'salaries' } }
    const { ports, log } = scriptedPorts({
      tables: [...tables, salaries],
      decide: ({ statement }) => {
        const told = [...statement.tables.map(({ id, columns }) => `${id} ${columns.length}`), ...statement.features]
        const isClosed = statement.tables.some(({ ref }) => ref.dataset === 'hr')
        return isClosed ? { effect: 'deny', reasons: [{ code: 'closed', message: told.join(), policy: 'p' }] } : {}
      },
    })
    const noes = async (sql: string) => {
      for (const table of ['salaries', 'nosuch']) await start(ask(sql.replaceAll('?', table)), ports)
      return log.events.splice(0).map(event => (event.type === 'denied' ? event.reasons[0]?.message : event.type))
    }
    for (const sql of [
      'SELECT name, @@project_id FROM hr.?',
      'FROM hr.? |> WHERE name IS NULL',
      "EXECUTE IMMEDIATE 'SELECT name FROM hr.?'",
      'BEGIN EXECUTE IMMEDIATE "SELECT * FROM hr.?"; END',
      'SELECT * FROM `hr.?*`',
    ]) {
      const [there, absent] = await noes(sql)
      expect(there?.replaceAll('salaries', 'nosuch'), sql).toBe(absent)
    }
  })

  test('says no word of columns that are behind a literal statement', async () => {
    const { ports } = scriptedPorts({ tables, decide: ({ statement }) => (statement.tables.length > 0 ? denied : {}) })
    const outcome = await start(ask("EXECUTE IMMEDIATE 'SELECT nam FROM public_data.cities'"), ports)
    expect(outcome.state).toBe('denied')
  })

  test('asks the policy before it says that a table does not exist', async () => {
    const { ports, log } = scriptedPorts({ tables, decide: () => denied })
    const outcome = await start(ask('SELECT x FROM hr.nothing_here'), ports)
    expect(outcome.state).toBe('denied')
    expect(log.questions[0]?.statement.tables.map(table => [table.id, table.kind])).toEqual([
      ['acme-prod.hr.nothing_here', 'unknown'],
    ])
  })

  test('asks the policy before it says that the catalog cannot be read', async () => {
    const snapshot = () => Promise.reject(new Failure('catalog_unavailable'))
    const catalog = { ...scriptedPorts().ports.catalog, snapshot }
    const closed = scriptedPorts({ decide: () => denied, overrides: { catalog } })
    expect((await start(ask('SELECT x FROM hr.t'), closed.ports)).state).toBe('denied')
    const open = scriptedPorts({ overrides: { catalog } })
    await expect(start(ask('SELECT x FROM hr.t'), open.ports)).rejects.toMatchObject({ code: 'catalog_unavailable' })
  })

  test('offers the query without the joined table that policy objects to', async () => {
    const closed = { ...denied.reasons[0], table: 'acme-prod.hr.pay' }
    const { ports } = scriptedPorts({
      tables,
      decide: ({ statement }) =>
        statement.tables.some(({ id }) => id === closed.table) ? { effect: 'deny', reasons: [closed] } : {},
    })
    const outcome = await start(
      ask('SELECT c.name, p.x FROM public_data.cities c JOIN hr.pay p ON p.a = c.name'),
      ports,
    )
    expect(outcome).toMatchObject({ state: 'denied', repair: 'SELECT `c`.`name` FROM `public_data`.`cities` AS `c`' })
  })

  test('names an unknown table to someone who may see its dataset, and records the failure', async () => {
    const { ports, log } = scriptedPorts({ tables })
    await expect(start(ask('SELECT x FROM public_data.citys'), ports)).rejects.toMatchObject({ code: 'unknown_name' })
    expect(log.steps.at(-1)).toBe('record failed')
  })

  test('runs nothing when the record cannot be written', async () => {
    const { ports, log } = scriptedPorts({
      tables,
      overrides: { record: () => Promise.reject(new Failure('recorder_unavailable')) },
    })
    const started = start(ask('SELECT name FROM public_data.cities'), ports)
    await expect(started).rejects.toMatchObject({ code: 'recorder_unavailable' })
    expect(log.steps).not.toContain('execute')
  })

  test('asks again with the estimate that the policy needs', async () => {
    const decide = () => ({ needs: ['estimate'] as const })
    const { ports, log } = scriptedPorts({ tables, decide })
    await start(ask('SELECT name FROM public_data.cities'), ports)
    expect(log.steps).toEqual(['decide parse', 'verify', 'estimate', 'decide estimate', 'record started', 'execute'])
    expect(log.questions[1]?.estimate?.bytesProcessed).toBe(10)
  })

  test('refuses when the second decision wants other masks than the SQL was governed with', async () => {
    const mask = new Map([['acme-prod.public_data.cities', new Map([['name', { kind: 'redact' as const }]])]])
    const { ports, log } = scriptedPorts({
      tables,
      decide: ({ phase }) => (phase === 'parse' ? { needs: ['estimate'] } : { masks: mask }),
    })
    const started = start(ask('SELECT name FROM public_data.cities'), ports)
    await expect(started).rejects.toMatchObject({ code: 'policy_unstable' })
    expect(log.steps).not.toContain('execute')
  })

  test('refuses a table that only the dry run sees', async () => {
    const { ports } = scriptedPorts({ tables, decide: () => ({ needs: ['estimate'] }) })
    const referencedTables = ['acme-prod.public_data.cities', 'acme-prod.hr.salaries']
    const estimate = async () => ({ bytesProcessed: 1, accuracy: 'precise' as const, referencedTables })
    const started = start(ask('SELECT name FROM public_data.cities'), {
      ...ports,
      warehouse: { ...ports.warehouse, estimate },
    })
    await expect(started).rejects.toMatchObject({ code: 'readers_disagree' })
  })

  test('sends the tighter of the policy and the client limits', async () => {
    const { ports, log } = scriptedPorts({ tables, decide: () => ({ limits: { maximumBytesBilled: 500 } }) })
    const query = { ...ask('SELECT name FROM public_data.cities'), limits: { maximumBytesBilled: 900, timeoutMs: 10 } }
    await start(query, ports)
    expect(log.events[0]).toMatchObject({ type: 'started', limits: { maximumBytesBilled: 500, timeoutMs: 10 } })
  })

  test('refuses a statement of a kind that is not served, after the policy had its say', async () => {
    const { ports, log } = scriptedPorts({ tables })
    const started = start(ask('UNDROP SCHEMA public_data'), ports)
    await expect(started).rejects.toMatchObject({ code: 'statement_unsupported' })
    expect(log.questions[0]?.statement).toMatchObject({ kind: 'UNDROP_SCHEMA', class: 'ddl' })
  })
})

describe('fetch', () => {
  async function started(pages: readonly Page[]) {
    const { ports, log } = scriptedPorts({ tables, pages })
    const outcome = await start(ask('SELECT name FROM public_data.cities'), ports)
    if (outcome.state !== 'running') throw new Error('the query did not start')
    return { ports, log, job: outcome.job }
  }

  test('answers with a page that is on record', async () => {
    const { ports, log, job } = await started([page])
    const { recorded } = await fetch(job, { maxRows: 10, index: 0 }, ports, ask('').signal)
    expect(recorded.event.page?.rows).toEqual([['Paris']])
    expect(log.steps.slice(-2)).toEqual(['page', 'record finished'])
  })

  test('closes the request with its last page only', async () => {
    const { ports, log, job } = await started([
      { ...page, nextPageToken: 'next' },
      { ...page, index: 1 },
    ])
    await fetch(job, { maxRows: 1, index: 0 }, ports, ask('').signal)
    await fetch(job, { maxRows: 1, index: 1, pageToken: 'next' }, ports, ask('').signal)
    expect(log.events.map(event => event.type)).toEqual(['started', 'delivered', 'finished'])
  })

  test('gives no page that could not be put on record', async () => {
    const { ports, job } = await started([page])
    const broken = { ...ports, record: () => Promise.reject(new Failure('recorder_unavailable')) }
    const fetched = fetch(job, { maxRows: 10, index: 0 }, broken, ask('').signal)
    await expect(fetched).rejects.toMatchObject({ code: 'recorder_unavailable' })
  })
})

describe('explain', () => {
  test('tells what would happen and runs nothing', async () => {
    const { ports, log } = scriptedPorts({ tables })
    const outcome = await explain(ask('SELECT name FROM public_data.cities'), { estimate: false }, ports)
    expect(outcome.state).toBe('allowed')
    expect(log.steps).toEqual(['decide parse', 'verify', 'record finished'])
  })
})

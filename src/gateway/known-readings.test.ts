import { expect, test } from 'vitest'
import { cities, scriptedPorts } from '../../test/fakes/gateway-ports.ts'
import type { CatalogEntry, CatalogTable } from '../model/catalog.ts'
import { tableId } from '../model/table-ref.ts'
import type { Ports, Stage } from './ports.ts'
import type { Query } from './query.ts'
import { start } from './run-query.ts'

const text = 'SELECT name FROM cities WHERE name = @name'
const inDataset = (dataset: string) => ({ defaultDataset: { project: 'acme-prod', dataset } })

function ask(changes: Partial<Query> = {}): Query {
  return {
    credential: { bearer: 'token' },
    client: { protocol: 'mcp', name: 'test', version: '1', ip: '127.0.0.1', userAgent: '' },
    action: 'execute_sql',
    text,
    parameters: [{ name: 'name', type: { kind: 'scalar', name: 'STRING' }, value: 'Paris' }],
    ...inDataset('public_data'),
    signal: new AbortController().signal,
    ...changes,
  }
}

/** Ports over a catalog whose entries stay the same until a table is put there again, as a cache's do. */
function openWorld() {
  const entries = new Map<string, CatalogEntry>()
  const put = (table: CatalogTable) => entries.set(tableId(table.ref), { state: 'found', table })
  const missing: CatalogEntry = { state: 'missing', nearest: [] }
  const snapshot: Ports['catalog']['snapshot'] = async ({ tables }) => ({
    tables: new Map(tables.map(ref => [tableId(ref), entries.get(tableId(ref)) ?? missing])),
    ...{ wildcards: new Map(), routines: new Map() },
  })
  const stages: Stage[] = []
  const { ports, log } = scriptedPorts({ overrides: { observe: stage => void stages.push(stage) } })
  for (const dataset of ['public_data', 'private_data']) put({ ...cities, ref: { ...cities.ref, dataset } })
  const analyses = () => stages.filter(stage => stage === 'analyze').length
  return { ports: { ...ports, catalog: { ...ports.catalog, snapshot } }, log, put, remove: entries, analyses }
}

test('a text that is asked again is not analyzed again, and is decided, verified and recorded again', async () => {
  const { ports, log, analyses } = openWorld()
  await start(ask(), ports)
  const [before, steps] = [analyses(), [...log.steps]]
  expect((await start(ask(), ports)).state).toBe('running')
  expect(analyses()).toBe(before)
  expect(log.steps).toEqual([...steps, ...steps])
  expect(log.questions[1]?.statement).toEqual(log.questions[0]?.statement)
})

test('the same text with another default dataset, project, parameter type or value is another query', async () => {
  const { ports, log, analyses } = openWorld()
  const [string, bytes] = [{ kind: 'scalar', name: 'STRING' } as const, { kind: 'scalar', name: 'BYTES' } as const]
  const others: readonly Partial<Query>[] = [
    {},
    inDataset('private_data'),
    { parameters: [{ name: 'name', type: string, value: 'Rome' }] },
    { parameters: [{ name: 'name', type: bytes, value: 'Paris' }] },
    { text: text.replace('cities', '`acme-prod.private_data.cities`') },
    { defaultDataset: { project: 'acme-prod', dataset: 'public_data' }, project: 'other' },
  ]
  for (const other of others) {
    const before = analyses()
    await start(ask(other), ports)
    expect(analyses()).toBeGreaterThan(before)
  }
  const tables = log.questions.map(({ statement }) => statement.tables.map(({ id }) => id).join())
  expect(tables).toEqual([
    'acme-prod.public_data.cities',
    'acme-prod.private_data.cities',
    'acme-prod.public_data.cities',
    'acme-prod.public_data.cities',
    'acme-prod.private_data.cities',
    'acme-prod.public_data.cities',
  ])
  const sent = log.events.flatMap(event => (event.type === 'started' ? (event.governed?.value.parameters ?? []) : []))
  expect(sent.slice(2, 4)).toMatchObject([
    { type: string, value: 'Rome' },
    { type: bytes, value: 'Paris' },
  ])
})

test('a table that was described anew is read anew', async () => {
  const { ports, log, put } = openWorld()
  await start(ask(), ports)
  put({ ...cities, columns: cities.columns.map(column => ({ ...column, tags: { name: ['pii'] } })) })
  await start(ask(), ports)
  const tags = log.questions.map(({ statement }) => statement.tables[0]?.columns[0]?.tags)
  expect(tags).toEqual([[], ['pii']])
})

test('a table that is gone is an unknown name, however often it was read', async () => {
  const { ports, remove } = openWorld()
  await start(ask(), ports)
  remove.delete('acme-prod.public_data.cities')
  await expect(start(ask(), ports)).rejects.toMatchObject({ code: 'unknown_name' })
})

test('what policy says is obeyed each time, whatever it said before', async () => {
  const { ports, log } = openWorld()
  const id = 'acme-prod.public_data.cities'
  const filter = (value: string) =>
    ({ condition: { type: 'field', operator: 'eq', field: 'name', value }, guard: false }) as const
  const answers = [
    {},
    { masks: new Map([[id, new Map([['name', { kind: 'sha256' } as const]])]]) },
    { rowFilters: new Map([[id, [filter('Paris')]]]) },
    { rowFilters: new Map([[id, [filter('Rome')]]]) },
    { limits: { maxRows: 7 } },
    {},
    { effect: 'deny' as const },
  ]
  let asked = 0
  const decide: Ports['decide'] = async question => ({ ...(await ports.decide(question)), ...answers[asked++] })
  const states: string[] = []
  for (const _ of answers) states.push((await start(ask(), { ...ports, decide })).state)
  expect(states).toEqual([...Array.from({ length: 6 }, () => 'running'), 'denied'])
  const texts = log.events.flatMap(event => (event.type === 'started' ? (event.governed?.value.text ?? []) : []))
  expect(new Set(texts).size).toBe(5)
  expect(texts[5]).toBe(texts[0])
  expect(texts[1]).toContain('SHA256')
  expect([texts[2]?.includes("'Paris'"), texts[3]?.includes("'Rome'")]).toEqual([true, true])
  expect(texts[4]).toContain('LIMIT 7')
})

import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { jsonIn, openBigQueryWorld, send } from '../../../test/fakes/bigquery-world.ts'
import type { DoorWorld } from '../../../test/fakes/door-world.ts'
import type { SessionEvent } from '../../model/session-event.ts'

const datasets = '/bigquery/v2/projects/acme-prod/datasets'
const users = `${datasets}/crm/tables/users`

let world: DoorWorld
let token = ''
let before = 0

beforeAll(async () => {
  world = await openBigQueryWorld()
  token = await world.token('alice')
})
beforeEach(() => {
  before = world.log.events.length
})
afterAll(() => world.close())

const patch = (path: string, body: object, headers: Readonly<Record<string, string>> = {}) =>
  send(world.url, path, { method: 'PATCH', token, body, headers })
const events = (): readonly SessionEvent[] => world.log.events.slice(before)

describe('a change of a definition', () => {
  test('is an ALTER to policy, is on record before it is sent, and answers the table', async () => {
    const body = { description: 'People', labels: { team: 'crm', old: null } }
    const reply = await patch(users, body)
    expect(jsonIn(reply)).toMatchObject({ kind: 'bigquery#table', tableReference: { tableId: 'users' } })
    expect(reply.headers['sluice-decision']).toBeDefined()
    expect(events().slice(0, 2)).toMatchObject([
      {
        type: 'started',
        statement: {
          ...{ kind: 'ALTER_TABLE', class: 'ddl', transfer: { kind: 'alter_table', options: body } },
          tables: [{ id: 'acme-prod.crm.users', kind: 'table', access: ['alter'] }],
        },
      },
      { type: 'finished' },
    ])
    const { steps } = world.log
    expect(steps.slice(0, steps.indexOf('alter') + 1).slice(-3)).toEqual(['decide parse', 'record started', 'alter'])
  })

  test('of a dataset is one of the dataset itself', async () => {
    expect(jsonIn(await patch(`${datasets}/crm`, { friendlyName: 'CRM' }))).toMatchObject({ kind: 'bigquery#dataset' })
    const tables = [{ id: 'acme-prod.crm', kind: 'dataset', access: ['alter'] }]
    expect(events()[0]).toMatchObject({ type: 'started', statement: { kind: 'ALTER_SCHEMA', tables } })
  })

  test('is denied in the words of the policy, and nothing is sent', async () => {
    const sent = world.log.steps.length
    const reply = await patch(`${datasets}/hr/tables/salaries`, { description: 'x' })
    expect(jsonIn(reply).error).toMatchObject({ code: 403, errors: [{ reason: 'accessDenied' }] })
    expect(events().map(({ type }) => type)).toEqual(['denied'])
    expect(world.log.steps.slice(sent)).not.toContain('alter')
  })

  test('takes back a whole table as it was shown, without what was added for the reader', async () => {
    const shown = jsonIn(await send(world.url, users, { token }))
    const masked = shown.schema.fields.find(({ name }: { name: string }) => name === 'email')
    expect(masked.description).toBe('Masked for you (sha256).')
    before = world.log.events.length
    expect((await patch(users, shown)).status).toBe(200)
    const [started] = events()
    const transfer = started?.type === 'started' ? started.statement.transfer : undefined
    expect(Object.keys(transfer?.options ?? {}).sort()).toEqual(['labels', 'schema'])
    expect(JSON.stringify(transfer)).not.toContain('Masked for you')
  })

  test('takes back a whole dataset as it was shown', async () => {
    const shown = jsonIn(await send(world.url, `${datasets}/crm`, { token }))
    expect((await patch(`${datasets}/crm`, shown)).status).toBe(200)
  })

  test('is made to the state that its client has seen, and to no other', async () => {
    const { etag } = jsonIn(await send(world.url, users, { token }))
    expect((await patch(users, { description: 'x' }, { 'if-match': etag })).status).toBe(200)
    const stale = jsonIn(await patch(users, { description: 'x' }, { 'if-match': 'another' }))
    expect(stale.error).toMatchObject({ code: 412, errors: [{ reason: 'conditionNotMet' }] })
  })

  test.each([
    ['the query of a view', users, { view: { query: 'SELECT 1', useLegacySql: false } }, 403, 'CREATE OR REPLACE VIEW'],
    ['who has access', `${datasets}/crm`, { access: [] }, 403, 'who has access'],
    ['time travel', `${datasets}/crm`, { maxTimeTravelHours: '48' }, 400, 'is not changed through Sluice'],
    ['a key', users, { encryptionConfiguration: {} }, 400, 'encryptionConfiguration'],
    [
      'policy tags',
      users,
      { schema: { fields: [{ name: 'id', type: 'INTEGER', policyTags: { names: ['projects/p'] } }] } },
      400,
      'are not changed through Sluice',
    ],
    ['a label of Sluice', users, { labels: { sluice_session: 'x' } }, 400, 'not yours to set'],
  ])('of %s is refused by name', async (_, path, body, status, said) => {
    const { error } = jsonIn(await patch(path, body))
    expect(error.code).toBe(status)
    expect(error.message).toContain(said)
  })
})

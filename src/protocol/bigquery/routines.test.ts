import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { jsonIn, openBigQueryWorld, send } from '../../../test/fakes/bigquery-world.ts'
import type { DoorWorld } from '../../../test/fakes/door-world.ts'
import { scriptedPorts } from '../../../test/fakes/gateway-ports.ts'
import type { CatalogPort } from '../../gateway/ports.ts'
import type { CatalogRoutine } from '../../model/catalog.ts'
import { tableId } from '../../model/table-ref.ts'

const datasets = '/bigquery/v2/projects/acme-prod/datasets'
const int64 = { kind: 'scalar', name: 'INT64' } as const

const routine = (dataset: string, kind: CatalogRoutine['kind']): CatalogRoutine => ({
  ref: { project: 'acme-prod', dataset, table: 'top' },
  ...{ kind, language: 'sql', etag: 'r1', body: 'SELECT MAX(salary) FROM `acme-prod.hr.salaries`' },
  parameters: [
    { name: 'n', type: int64, mode: 'in', isConstant: false },
    { name: 'any', mode: 'out', isConstant: false },
  ],
  columns: [{ name: 'ids', type: { kind: 'array', element: int64 } }],
})
const routines = [routine('crm', 'table_function'), routine('hr', 'scalar_function')]

const { catalog } = scriptedPorts({}).ports
const withRoutines: CatalogPort = {
  ...catalog,
  snapshot: async (wanted, signal) => ({
    ...(await catalog.snapshot(wanted, signal)),
    routines: new Map(
      wanted.routines.map(ref => {
        const found = routines.find(one => tableId(one.ref) === tableId(ref))
        const entry = found === undefined ? { state: 'missing', nearest: [] } : { state: 'found', routine: found }
        return [tableId(ref), entry as { state: 'found'; routine: CatalogRoutine }]
      }),
    ),
  }),
  routines: async ({ dataset }) => routines.filter(({ ref }) => ref.dataset === dataset),
}

let world: DoorWorld
let token = ''
beforeAll(async () => {
  world = await openBigQueryWorld({ overrides: { catalog: withRoutines } })
  token = await world.token('alice')
})
afterAll(() => world.close())

const get = async (path: string) => jsonIn(await send(world.url, `${datasets}/${path}`, { token }))

describe('a function of a dataset', () => {
  test('is shown as its callers need it, without its body', async () => {
    const shown = await get('crm/routines/top')
    expect(shown).toMatchObject({
      routineType: 'TABLE_VALUED_FUNCTION',
      arguments: [
        { name: 'n', dataType: { typeKind: 'INT64' } },
        { name: 'any', argumentKind: 'ANY_TYPE', mode: 'OUT' },
      ],
      returnTableType: {
        columns: [{ name: 'ids', type: { typeKind: 'ARRAY', arrayElementType: { typeKind: 'INT64' } } }],
      },
    })
    expect((await get('crm/routines')).routines).toEqual([shown])
    expect((await get('crm/routines?filter=routineType:PROCEDURE')).routines).toEqual([])
    expect(JSON.stringify(shown)).not.toContain('salar')
  })

  test('that is closed and one that is absent are the same', async () => {
    const [closed, absent] = [await get('hr/routines/top'), await get('hr/routines/absent')]
    expect(closed.error.code).toBe(404)
    expect(closed.error.message.replace('top', 'absent')).toBe(absent.error.message)
    expect((await get('hr/routines')).error.code).toBe(404)
  })
})

import { describe, expect, test } from 'vitest'
import { understandText } from '../../../test/measure/understand-text.ts'
import type { CatalogTable } from '../../model/catalog.ts'
import type { ColumnMask, Decision, GuardedFilter } from '../../model/decision.ts'
import { Failure } from '../../model/failure.ts'
import { govern } from '../govern.ts'

const string = { kind: 'scalar', name: 'STRING' } as const

function table(name: string): CatalogTable {
  return {
    ...{ ref: { project: 'acme-prod', dataset: 'ga', table: name }, kind: 'table', etag: name, labels: {} },
    columns: [
      { name: 'user', type: string, tags: {} },
      { name: 'city', type: string, tags: {} },
    ],
    pseudoColumns: [],
  }
}

const days = ['events_20240101', 'events_20240102']
const hashed = new Map<string, ColumnMask>([['user', { kind: 'sha256' }]])
const inParis: GuardedFilter = {
  condition: { type: 'field', operator: 'eq', field: 'city', value: 'Paris' },
  guard: false,
}
const id = (name: string) => `acme-prod.ga.${name}`

type Duties = { masks?: [string, Map<string, ColumnMask>][]; rowFilters?: [string, GuardedFilter[]][] }

function governed(tables: readonly string[], { masks = [], rowFilters = [] }: Duties): string {
  const sql = 'SELECT user, _TABLE_SUFFIX AS day FROM `ga.events_*`'
  const analyzed = understandText(sql, tables.map(table), { project: 'acme-prod' })
  if (analyzed instanceof Failure) throw analyzed
  const decision = { effect: 'allow', limits: {}, masks: new Map(masks), rowFilters: new Map(rowFilters) }
  return govern(analyzed, decision as unknown as Decision).text
}

describe('a wildcard over the shards of one table', () => {
  test('has the masks and the filter of its shards', () => {
    const text = governed(days, {
      masks: days.map(name => [id(name), hashed]),
      rowFilters: days.map(name => [id(name), [inParis]]),
    })
    expect(text).toBe(
      'WITH `_sl1` AS (SELECT TO_HEX(SHA256(`user`)) AS `user`, `_TABLE_SUFFIX` AS `sl_table_suffix` ' +
        "FROM `acme-prod.ga.events_*` WHERE `city` = 'Paris') " +
        'SELECT `user`, `sl_table_suffix` AS `day` FROM `_sl1` AS `events_*`',
    )
  })

  test('is masked whole where one shard is masked', () => {
    expect(governed(days, { masks: [[id('events_20240101'), hashed]] })).toContain('TO_HEX(SHA256(`user`))')
  })

  test.each<[string, readonly string[], Duties]>([
    ['one shard alone is filtered', days, { rowFilters: [[id('events_20240101'), [inParis]]] }],
    [
      'a column is masked in two ways',
      days,
      {
        masks: [
          [id('events_20240101'), hashed],
          [id('events_20240102'), new Map([['user', { kind: 'redact' }]])],
        ],
      },
    ],
    ['one of its tables is not a shard', [...days, 'events_private'], { masks: [[id('events_private'), hashed]] }],
  ])('is refused where %s', (_, tables, duties) => {
    expect(() => governed(tables, duties)).toThrow(/not all in one way/)
  })

  test('is read as it is where nothing stands on it', () => {
    expect(governed([...days, 'events_private'], {})).not.toContain('WITH')
  })
})

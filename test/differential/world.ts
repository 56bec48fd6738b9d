import { readFile } from 'node:fs/promises'
import type { CatalogColumn, CatalogTable } from '../../src/model/catalog.ts'
import type { ColumnType } from '../../src/model/column-type.ts'
import type { Cell } from '../../src/model/result.ts'
import { type TableId, tableId } from '../../src/model/table-ref.ts'
import type { Oracle, Rows } from '../../src/verification/oracle.ts'
import { columnsOf, worldCatalog } from '../measure/world-catalog.ts'
import type { Random } from './random.ts'

export const project = 'acme-prod'
export const dataset = 'crm'

/** What queries read: the catalog as Sluice is told of it, and the rows of every table that is no view. */
export type World = {
  readonly tables: readonly CatalogTable[]
  readonly rows: ReadonlyMap<TableId, Rows>
}

type Json = string | number | boolean | null | readonly Json[] | { readonly [name: string]: Json }
type WorldFile = { readonly tables: Readonly<Record<string, { readonly rows?: readonly Record<string, Json>[] }>> }

/** A column of each type, nested ones too, with values at their edges and without. */
const kinds = {
  schema:
    'k INT64, flag BOOL, f FLOAT64, n NUMERIC, b BIGNUMERIC, s STRING, y BYTES, d DATE, dt DATETIME, t TIME, ts TIMESTAMP, ' +
    'j JSON, list ARRAY<STRING>, rec STRUCT<s STRING, n INT64, deep STRUCT<d DATE, y BYTES>>, ' +
    'items ARRAY<STRUCT<s STRING, n NUMERIC, tags ARRAY<STRING>>>',
  rows: [
    [
      '1',
      'true',
      '0.5',
      '10.5',
      '1',
      'ann@acme.test',
      'AP8=',
      '1990-05-06',
      '2024-01-02T03:04:05',
      '01:02:03',
      '2024-03-04T05:06:07Z',
      '{"a":1}',
      ['x', 'abcdef'],
      ['EU', '1', ['1991-02-03', 'YWI=']],
      [
        ['one', '1', ['p', 'q']],
        ['second', '2.5', []],
      ],
    ],
    [
      '2',
      'false',
      '-2',
      '0',
      '0.5',
      'US',
      'YWI=',
      '2024-12-31',
      '1999-12-31T23:59:59',
      '23:59:59',
      '1999-12-31T23:59:59Z',
      'null',
      [],
      ['Paris', null, [null, null]],
      [],
    ],
    ['3', null, null, null, null, null, null, null, null, null, null, null, [], null, []],
    [
      '4',
      'true',
      '0',
      '-3.25',
      '-1',
      '',
      '',
      '1970-01-01',
      '1970-01-01T00:00:00',
      '00:00:00',
      '1970-01-01T00:00:00Z',
      '"t"',
      ['abcd'],
      [null, '3', null],
      [[null, null, ['r']], null],
    ],
    [
      '5',
      'true',
      '1',
      '10.5',
      '2',
      'äöüßé',
      'AAE=',
      '1990-12-31',
      '2024-01-02T03:04:05',
      '12:00:00',
      '2024-03-04T05:06:08Z',
      '[1]',
      ['EU', null],
      ['EU', '2', ['2000-02-29', 'AA==']],
      [['x@y.zz', '7', []]],
    ],
  ] as Cell[][],
}

/** Days of a log, told apart by a pseudo-column. */
const logs = {
  schema: 'user_id INT64, line STRING',
  pseudo: '_PARTITIONTIME TIMESTAMP',
  rows: [
    ['1', 'login', '2024-01-01T00:00:00Z'],
    ['2', 'secret line', '2024-01-02T00:00:00Z'],
    ['3', null, null],
  ] as Cell[][],
}

const views = {
  v_regions:
    'SELECT u.region, COUNT(*) AS n, SUM(o.amount) AS total, MIN(u.email) AS first_email FROM `acme-prod.crm.users` AS u ' +
    'JOIN `acme-prod.crm.orders` AS o ON o.user_id = u.id GROUP BY u.region',
  v_named: "SELECT id, UPPER(name) AS name, email, profile FROM `acme-prod.crm.v_users` WHERE name LIKE '%a%'",
}

/** The world of the attacks, with tables of every type, of pseudo-columns, and views upon views beside it. */
export async function openWorld(path: string, oracle: Oracle): Promise<World> {
  const base = await worldCatalog(path, oracle)
  const file: WorldFile = JSON.parse(await readFile(path, 'utf8'))
  const added = [
    relation('kinds', columnsOf(kinds.schema)),
    { ...relation('logs', columnsOf(logs.schema)), pseudoColumns: columnsOf(logs.pseudo) },
  ]
  let tables: readonly CatalogTable[] = [...base, ...added]
  for (const [name, query] of Object.entries(views)) {
    const { outputs } = oracle.analyze(query, tables, { names: 'root' })
    const columns = outputs.flatMap(({ name, type }) => (type === undefined ? [] : [{ name, type, tags: {} }]))
    tables = [...tables, { ...relation(name, columns), kind: 'view', viewQuery: query }]
  }
  const rows = new Map<TableId, Rows>(
    base.map(table => {
      const { dataset: place, table: name } = table.ref
      const objects = file.tables[`${place}.${name}`]?.rows ?? []
      return [
        tableId(table.ref),
        objects.map(row => table.columns.map(column => cellOf(row[column.name] ?? null, column.type))),
      ]
    }),
  )
  rows.set(`${project}.${dataset}.kinds`, kinds.rows)
  rows.set(`${project}.${dataset}.logs`, logs.rows)
  return { tables, rows }
}

/** The world with some columns of its widest table: to read a table costs the analyzer time for each that it has. */
export function narrowed({ tables, rows }: World, random: Random): World {
  const widest = tables.find(({ ref }) => ref.table === 'kinds')
  if (widest === undefined) throw new Error('the world has no table of every type')
  const places = [0, ...random.some(widest.columns.map((_, at) => at).slice(1), 0.3)]
  const pick = <Item>(items: readonly Item[]) => items.filter((_, at) => places.includes(at))
  const own = (rows.get(tableId(widest.ref)) ?? []).map(pick)
  return {
    tables: tables.map(table => (table === widest ? { ...table, columns: pick(table.columns) } : table)),
    rows: new Map([...rows, [tableId(widest.ref), own]]),
  }
}

function relation(table: string, columns: readonly CatalogColumn[]): CatalogTable {
  return { ref: { project, dataset, table }, kind: 'table', columns, etag: '1', labels: {}, pseudoColumns: [] }
}

function cellOf(value: Json, type: ColumnType): Cell {
  if (value === null) return null
  if (type.kind === 'array') return (value as readonly Json[]).map(item => cellOf(item, type.element))
  if (type.kind !== 'struct') return String(value)
  const fields = value as { readonly [name: string]: Json }
  return type.fields.map(({ name, type: inner }) => cellOf(fields[name] ?? null, inner))
}

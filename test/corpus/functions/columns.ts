import type { CatalogTable } from '../../../src/model/catalog.ts'
import type { ColumnType } from '../../../src/model/column-type.ts'
import { arrayOf, rangeOf, scalar, structOf } from '../../../src/sql/types/type-makers.ts'

const pair = structOf({ a: scalar('INT64'), b: scalar('STRING') })

/** The columns that the samples of `types.jsonl` speak of: one of each type. */
const columns: Readonly<Record<string, ColumnType>> = {
  i: scalar('INT64'),
  f: scalar('FLOAT64'),
  n: scalar('NUMERIC'),
  b: scalar('BIGNUMERIC'),
  s: scalar('STRING'),
  y: scalar('BYTES'),
  bo: scalar('BOOL'),
  d: scalar('DATE'),
  dt: scalar('DATETIME'),
  t: scalar('TIME'),
  ts: scalar('TIMESTAMP'),
  iv: scalar('INTERVAL'),
  g: scalar('GEOGRAPHY'),
  j: scalar('JSON'),
  st: pair,
  rd: rangeOf(scalar('DATE')),
  rts: rangeOf(scalar('TIMESTAMP')),
  ai: arrayOf(scalar('INT64')),
  af: arrayOf(scalar('FLOAT64')),
  an: arrayOf(scalar('NUMERIC')),
  as_: arrayOf(scalar('STRING')),
  ay: arrayOf(scalar('BYTES')),
  ad: arrayOf(scalar('DATE')),
  ag: arrayOf(scalar('GEOGRAPHY')),
  ast: arrayOf(pair),
}

export const typesTable: CatalogTable = {
  ref: { project: 'acme', dataset: 'types', table: 'x' },
  kind: 'table',
  etag: '1',
  labels: {},
  columns: Object.entries(columns).map(([name, type]) => ({ name, type, tags: {} })),
  pseudoColumns: [],
}

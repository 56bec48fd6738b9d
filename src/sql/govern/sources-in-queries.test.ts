import { expect, test } from 'vitest'
import { understandText } from '../../../test/measure/understand-text.ts'
import type { CatalogTable } from '../../model/catalog.ts'
import type { ScalarType } from '../../model/column-type.ts'
import type { Decision, DecisionFacts } from '../../model/decision.ts'
import { Failure } from '../../model/failure.ts'
import { govern } from '../govern.ts'

const column = (name: string, type: ScalarType) => ({ name, type: { kind: 'scalar', name: type } as const, tags: {} })
const arrivals = (table: string): CatalogTable => ({
  ...{ ref: { project: 'p', dataset: 'd', table }, kind: 'table', etag: table, labels: {} },
  columns: [column('id', 'INT64'), column('line', 'STRING')],
  pseudoColumns: [column('_PARTITIONTIME', 'TIMESTAMP')],
})
const own = { condition: { type: 'field', operator: 'eq', field: 'id', value: 1 }, guard: false } as const
const filtered: DecisionFacts = {
  ...{ id: 'd', revision: 'r', effect: 'allow', reasons: [], limits: {}, approvals: [], needs: [], obligations: [] },
  ...{ masks: new Map(), redact: [], policies: [], rowFilters: new Map([['p.d.logs', [own]]]) },
}

function governed(sql: string): string {
  const analyzed = understandText(sql, ['logs', 'free', 'target'].map(arrivals), { project: 'p' })
  if (analyzed instanceof Failure) throw analyzed
  return govern(analyzed, filtered as DecisionFacts as Decision).text.replaceAll('`', '')
}

test('what a change reads stands as it was written where nothing is on it', () => {
  expect(
    governed('MERGE d.target t USING d.free s ON t.id = s.id AND s._PARTITIONTIME IS NULL WHEN MATCHED THEN DELETE'),
  ).toBe(
    'MERGE INTO p.d.target AS t USING p.d.free AS s ON t.id = s.id AND s._PARTITIONTIME IS NULL WHEN MATCHED THEN DELETE',
  )
  expect(
    governed('UPDATE d.target SET line = f.line FROM d.free f WHERE f._PARTITIONTIME IS NULL AND f.id = target.id'),
  ).toBe(
    'UPDATE p.d.target AS target SET line = f.line FROM p.d.free AS f WHERE f._PARTITIONTIME IS NULL AND f.id = target.id',
  )
})

test('what it reads under a filter is read in a subquery, its pseudo-column under a name that a query may have', () => {
  expect(
    governed('MERGE d.target t USING d.logs s ON t.id = s.id AND s._PARTITIONTIME IS NULL WHEN MATCHED THEN DELETE'),
  ).toBe(
    'MERGE INTO p.d.target AS t USING (WITH _sl1 AS (SELECT id AS id, _PARTITIONTIME AS sl_partitiontime FROM p.d.logs ' +
      'WHERE id = 1) SELECT * FROM _sl1) AS s ON t.id = s.id AND s.sl_partitiontime IS NULL WHEN MATCHED THEN DELETE',
  )
  expect(governed('UPDATE d.target t SET line = b.line FROM d.free a JOIN d.logs b USING (id) WHERE a.id = t.id')).toBe(
    'UPDATE p.d.target AS t SET line = b.line FROM p.d.free AS a INNER JOIN (WITH _sl1 AS (SELECT id AS id, line AS line ' +
      'FROM p.d.logs WHERE id = 1) SELECT * FROM _sl1) AS b USING (id) WHERE a.id = t.id',
  )
})

test('INSERT ROW takes the columns of the source, and no pseudo-column of it', () => {
  expect(governed('MERGE d.target t USING d.logs s ON FALSE WHEN NOT MATCHED THEN INSERT ROW')).toContain(
    'SELECT id AS id, line AS line FROM p.d.logs',
  )
  const partition = 'MERGE d.target t USING d.logs s ON s._PARTITIONTIME IS NULL WHEN NOT MATCHED THEN INSERT ROW'
  expect(() => governed(partition)).toThrow('A pseudo-column of a masked or filtered table is used beside INSERT ROW')
})

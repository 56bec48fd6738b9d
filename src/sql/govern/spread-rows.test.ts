import { expect, test } from 'vitest'
import { understandText } from '../../../test/measure/understand-text.ts'
import type { CatalogTable } from '../../model/catalog.ts'
import type { ScalarType } from '../../model/column-type.ts'
import type { Decision, DecisionFacts } from '../../model/decision.ts'
import { Failure } from '../../model/failure.ts'
import { govern } from '../govern.ts'

const column = (name: string, type: ScalarType) => ({ name, type: { kind: 'scalar', name: type } as const, tags: {} })

const logs: CatalogTable = {
  ...{ ref: { project: 'p', dataset: 'd', table: 'logs' }, kind: 'table', etag: '1', labels: {} },
  columns: [column('user_id', 'INT64'), column('line', 'STRING')],
  pseudoColumns: [column('_PARTITIONTIME', 'TIMESTAMP')],
}
const own = { condition: { type: 'field', operator: 'eq', field: 'user_id', value: 1 }, guard: false } as const
const filtered: DecisionFacts = {
  ...{ id: 'd', revision: 'r', effect: 'allow', reasons: [], limits: {}, approvals: [], needs: [], obligations: [] },
  ...{ masks: new Map(), redact: [], policies: [], rowFilters: new Map([['p.d.logs', [own]]]) },
}

function governed(sql: string): string {
  const analyzed = understandText(sql, [logs], { project: 'p' })
  if (analyzed instanceof Failure) throw analyzed
  return govern(analyzed, filtered as DecisionFacts as Decision).text.replaceAll('`', '')
}

test('a star leaves out the pseudo-column that the entry has for other clauses', () => {
  expect(governed('SELECT * FROM d.logs WHERE _PARTITIONTIME IS NULL')).toContain(
    'SELECT * EXCEPT (sl_partitiontime) FROM',
  )
  expect(governed('SELECT l.*, _PARTITIONTIME AS t FROM d.logs AS l')).toContain(
    'SELECT l.* EXCEPT (sl_partitiontime), ',
  )
  expect(governed('SELECT * FROM d.logs')).toContain('SELECT * FROM _sl1')
})

test.each([
  'SELECT TO_JSON_STRING(l) FROM d.logs AS l WHERE l._PARTITIONTIME IS NULL',
  'FROM d.logs |> WHERE _PARTITIONTIME IS NULL',
  'SELECT COUNT(*) FROM d.logs AS a JOIN d.logs AS b USING (_PARTITIONTIME)',
])('rows that would go on with it are refused: %s', sql => {
  expect(() => governed(sql)).toThrow('A pseudo-column of a masked or filtered table is used')
})

import { expect, test } from 'vitest'
import { asOf } from './as-of.ts'

const at = new Date('2026-05-04T10:00:00Z')

test('every table is read as of the time, and what is no table is left alone', () => {
  const governed =
    'WITH c AS (SELECT id, tags FROM `acme-prod.crm.users`) SELECT c.id FROM c JOIN `acme-prod.crm.orders` AS o ON o.id = c.id, c.tags'
  const text = asOf(governed, at)
  expect(text.match(/FOR SYSTEM_TIME AS OF TIMESTAMP '2026-05-04T10:00:00.000Z'/g)).toHaveLength(2)
  expect(text).toMatch(/`acme-prod.crm.orders` AS `?o`? FOR SYSTEM_TIME AS OF/)
  expect(text).not.toMatch(/FROM `?c`? FOR/)
})

test('a table that has its own time keeps it', () => {
  const governed = "SELECT 1 FROM `p-1.d.t` FOR SYSTEM_TIME AS OF TIMESTAMP '2026-01-01 00:00:00+00'"
  expect(asOf(governed, at)).not.toContain('2026-05-04')
})

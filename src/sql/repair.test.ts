import { expect, test } from 'vitest'
import { parseQuery } from './analyze.ts'
import { type Objections, withoutObjections } from './repair.ts'

const defaults = { project: 'acme-prod' }
const salaries: Objections = { tables: new Set(['acme-prod.hr.salaries']), columns: new Set() }
const addresses: Objections = { tables: new Set(), columns: new Set(['email']) }

function repaired(sql: string, objections: Objections): string | undefined {
  return withoutObjections(parseQuery(sql), objections, defaults)?.replaceAll('`', '')
}

test('a closed table is left out with all that names it', () => {
  const sql = `SELECT u.name, s.salary FROM crm.users AS u JOIN hr.salaries AS s ON s.user_id = u.id
    WHERE u.region = 'EU' AND s.salary > 1 ORDER BY s.salary, u.name`
  const rest = "SELECT u.name FROM crm.users AS u WHERE u.region = 'EU' ORDER BY u.name"
  expect(repaired(sql, salaries)).toBe(rest)
})

test('a table that does not exist is left out in the same way', () => {
  const ask = (table: string) => `SELECT u.name, s.x FROM crm.users AS u JOIN hr.${table} AS s ON s.user_id = u.id`
  const missing = { ...salaries, tables: new Set(['acme-prod.hr.no_such_table']) }
  expect(repaired(ask('no_such_table'), missing)).toBe(repaired(ask('salaries'), salaries))
})

test('a column that is objected to leaves every clause, and the star', () => {
  const sql = 'SELECT id, UPPER(email) FROM crm.users WHERE email IS NOT NULL GROUP BY id, email ORDER BY email'
  expect(repaired(sql, addresses)).toBe('SELECT id FROM crm.users GROUP BY id')
  expect(repaired('SELECT * FROM crm.users', addresses)).toBe('SELECT * EXCEPT (email) FROM crm.users')
})

test.each([
  ['nothing is left', 'SELECT email FROM crm.users', addresses],
  ['the only table is closed', 'SELECT salary FROM hr.salaries', salaries],
  ['the first table is closed', 'SELECT 1 FROM hr.salaries s JOIN crm.users u ON u.id = s.user_id', salaries],
  [
    'another join hangs on the closed table',
    'SELECT 1 FROM crm.users u JOIN hr.salaries s ON s.user_id = u.id JOIN crm.orders o ON o.id = s.user_id',
    salaries,
  ],
  ['it is not one SELECT', 'SELECT 1 UNION ALL SELECT salary FROM hr.salaries', salaries],
])('there is no repair where %s', (_, sql, objections) => {
  expect(repaired(sql, objections)).toBeUndefined()
})

import { expect, test } from 'vitest'
import { understandText } from '../../../test/measure/understand-text.ts'
import { Failure } from '../../model/failure.ts'

const read = (view: string) => understandText(`SELECT * FROM ${view}`, [], { project: 'acme-prod' })

test.each([
  ['crm.INFORMATION_SCHEMA.TABLES', 'acme-prod.crm.INFORMATION_SCHEMA.TABLES'],
  ['`acme-prod.crm.INFORMATION_SCHEMA.COLUMNS`', 'acme-prod.crm.INFORMATION_SCHEMA.COLUMNS'],
  ['crm.__TABLES__', 'acme-prod.crm.__TABLES__'],
  ['`region-us`.INFORMATION_SCHEMA.SCHEMATA', 'acme-prod.region-us.INFORMATION_SCHEMA.SCHEMATA'],
  ['`other.region-eu.INFORMATION_SCHEMA.SCHEMATA_OPTIONS`', 'other.region-eu.INFORMATION_SCHEMA.SCHEMATA_OPTIONS'],
])('%s is a relation that policy sees by its complete name', (view, id) => {
  const understood = read(view)
  if (understood instanceof Failure) throw understood
  const { tables, features } = understood.statement
  expect(tables.map(table => [table.id, table.kind])).toEqual([[id, 'information_schema']])
  expect(features).toEqual(['information_schema'])
})

test.each([
  'crm.INFORMATION_SCHEMA.SCHEMATA',
  '`region-us`.INFORMATION_SCHEMA.JOBS_BY_PROJECT',
  '`region-us`.INFORMATION_SCHEMA.TABLES',
  'INFORMATION_SCHEMA.SCHEMATA',
  '`acme-prod.region-us.crm.INFORMATION_SCHEMA.TABLES`',
  'crm.INFORMATION_SCHEMA.constructor',
  'crm.INFORMATION_SCHEMA.__TABLES__',
])('%s is not a name', view => {
  expect(read(view)).toMatchObject({ code: 'unknown_name' })
})

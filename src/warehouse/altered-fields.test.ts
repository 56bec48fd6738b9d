import { expect, test } from 'vitest'
import { Failure } from '../model/failure.ts'
import { alteredFields } from './altered-fields.ts'

const tags = { policyTags: { names: ['pii'] } }
const before = [
  { name: 'id', type: 'INTEGER', mode: 'REQUIRED' },
  { name: 'ssn', type: 'STRING', ...tags },
  { name: 'home', type: 'RECORD', fields: [{ name: 'street', type: 'STRING', ...tags }] },
]

test('a column keeps whatever the change does not speak of: its policy tags, at any depth', () => {
  const after = [
    { name: 'id', type: 'INTEGER', description: 'the key' },
    { name: 'SSN', type: 'STRING' },
    { name: 'home', type: 'RECORD', fields: [{ name: 'street', type: 'STRING', description: 'with its number' }] },
    { name: 'added', type: 'STRING' },
  ]
  expect(alteredFields(before, after)).toEqual([
    { name: 'id', type: 'INTEGER', mode: 'REQUIRED', description: 'the key' },
    { name: 'SSN', type: 'STRING', ...tags },
    {
      ...{ name: 'home', type: 'RECORD' },
      fields: [{ name: 'street', type: 'STRING', description: 'with its number', ...tags }],
    },
    { name: 'added', type: 'STRING' },
  ])
})

test.each([
  ['ssn', [before[0], before[2]]],
  ['home.street', [before[0], before[1], { name: 'home', type: 'RECORD', fields: [] }]],
])('a change that leaves out %s is refused, and says how columns are dropped', (column, after) => {
  const alter = () => alteredFields(before, after as typeof before)
  expect(alter).toThrow(Failure)
  expect(alter).toThrow(`the column ${column} is left out`)
})

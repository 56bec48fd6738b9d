import { expect, test } from 'vitest'
import { findFunction, nearestFunctions } from './find-function.ts'

const partsOfTheLanguage = ['CASE', 'EXTRACT', 'SAFE_CAST', 'UNNEST']

test.each([
  ['NOW', 'CURRENT_TIMESTAMP'],
  ['NVL', 'IFNULL'],
  ['LISTAGG', 'STRING_AGG'],
  ['BOOL_OR', 'LOGICAL_OR'],
  ['TO_CHAR', 'FORMAT_TIMESTAMP'],
  ['DATEPART', 'EXTRACT'],
])('who asks for %s hears of %s', (foreign, equivalent) => {
  expect(findFunction(foreign)).toBe(undefined)
  expect(nearestFunctions(foreign)).toEqual([equivalent])
  expect(findFunction(equivalent) !== undefined || partsOfTheLanguage.includes(equivalent)).toBe(true)
})

test('a name that is only misspelt is answered with names near it', () => {
  expect(nearestFunctions('CONCATT')).toContain('CONCAT')
})

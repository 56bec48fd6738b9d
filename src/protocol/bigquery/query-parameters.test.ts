import { expect, test } from 'vitest'
import { z } from 'zod'
import { readParameters, wireParameter } from './query-parameters.ts'

const read = (...wire: unknown[]) => readParameters(z.array(wireParameter).parse(wire), 10_000)
const of = (type: object, value: object) => read({ name: 'p', parameterType: type, parameterValue: value })[0]

test('scalars are read with their type, by either of its names', () => {
  expect(of({ type: 'INTEGER' }, { value: '7' })).toEqual({
    name: 'p',
    type: { kind: 'scalar', name: 'INT64' },
    value: '7',
  })
  expect(of({ type: 'string' }, { value: null })?.value).toBe(null)
  expect(of({ type: 'STRING' }, {})?.value).toBe(null)
  expect(of({ type: 'BOOL' }, { value: true })?.value).toBe('true')
  expect(of({ type: 'INT64' }, { value: 41 })?.value).toBe('41')
  expect(of({ type: 'FLOAT64' }, { value: 1.5 })?.value).toBe('1.5')
})

test('arrays, structs and ranges are read with what is in them', () => {
  const structTypes = [
    { name: 'a', type: { type: 'INT64' } },
    { name: 'b', type: { type: 'ARRAY', arrayType: { type: 'STRING' } } },
  ]
  const value = { structValues: { b: { arrayValues: [{ value: 'x' }] }, a: { value: '1' } } }
  expect(of({ type: 'ARRAY', arrayType: { type: 'STRUCT', structTypes } }, { arrayValues: [value] })?.value).toEqual([
    { a: '1', b: ['x'] },
  ])
  const range = { rangeValue: { start: { value: '2024-01-01' } } }
  expect(of({ type: 'RANGE', rangeElementType: { type: 'DATE' } }, range)?.value).toBe('[2024-01-01, UNBOUNDED)')
})

test.each([
  [{ type: 'ARRAY' }, {}],
  [{ type: 'NOTHING' }, {}],
  [{ type: 'INT64' }, { value: 1.5 }],
  [{ type: 'INT64' }, { value: 2 ** 60 }],
  [{ type: 'STRUCT', structTypes: [] }, { structValues: { other: { value: '1' } } }],
  [{ type: 'ARRAY', arrayType: { type: 'STRING' } }, { value: 'text' }],
])('%j with %j is refused', (type, value) => {
  expect(() => of(type, value)).toThrow('p:')
})

test('names are had by all parameters or by none', () => {
  const one = { parameterType: { type: 'STRING' }, parameterValue: { value: 'x' } }
  expect(read(one, one)).toHaveLength(2)
  expect(() => read(one, { ...one, name: 'b' })).toThrow('all have names')
})

test('parameters that are too large are refused', () => {
  expect(() => of({ type: 'STRING' }, { value: 'x'.repeat(20_000) })).toThrow('10000 bytes')
})

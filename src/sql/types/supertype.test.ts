import fc from 'fast-check'
import { expect, test } from 'vitest'
import { scalarTypes } from '../../model/column-type.ts'
import { supertype } from './supertype.ts'
import { arrayOf, scalar, structOf } from './type-makers.ts'
import type { Typed } from './typed.ts'

const nothing: Typed = { type: undefined, literal: 'null' }
const unknown: Typed = { type: undefined }
const date: Typed = { type: scalar('DATE') }

test('an expression whose type cannot be told leaves the whole untold', () => {
  expect(supertype([date, unknown])).toBeUndefined()
  expect(supertype([unknown, nothing])).toBeUndefined()
  expect(supertype([])).toBeUndefined()
})

test('NULL fits every type, and alone it is an INT64', () => {
  expect(supertype([nothing, date, nothing])).toEqual(scalar('DATE'))
  expect(supertype([nothing])).toEqual(scalar('INT64'))
})

test('a text parameter becomes a date beside one, a text column does not', () => {
  expect(supertype([date, { type: scalar('STRING'), literal: 'parameter' }])).toEqual(scalar('DATE'))
  expect(supertype([date, { type: scalar('STRING') }])).toBeUndefined()
})

test('a text parameter does not become BYTES, a text literal does', () => {
  const bytes: Typed = { type: scalar('BYTES') }
  expect(supertype([bytes, { type: scalar('STRING'), literal: 'parameter' }])).toBeUndefined()
  expect(supertype([bytes, { type: scalar('STRING'), literal: 'string' }])).toEqual(scalar('BYTES'))
})

test('an array parameter follows an array column, an array column does not', () => {
  const numerics: Typed = { type: arrayOf(scalar('NUMERIC')) }
  const integers = arrayOf(scalar('INT64'))
  expect(supertype([{ type: integers, literal: 'parameter' }, numerics])).toEqual(numerics.type)
  expect(supertype([{ type: integers }, numerics])).toBeUndefined()
})

test('the first struct names the fields', () => {
  const left = structOf({ id: scalar('INT64'), at: scalar('DATE') })
  const right = structOf({ other: scalar('FLOAT64'), name: scalar('DATETIME') })
  const both = structOf({ id: scalar('FLOAT64'), at: scalar('DATETIME') })
  expect(supertype([{ type: left }, { type: right }])).toEqual(both)
})

const literals: readonly Typed[] = [
  nothing,
  { type: scalar('INT64'), literal: 'integer' },
  { type: scalar('FLOAT64'), literal: 'float' },
  { type: scalar('STRING'), literal: 'string' },
  { type: arrayOf(scalar('INT64')), elements: [{ type: scalar('INT64'), literal: 'integer' }] },
]
const columns: readonly Typed[] = scalarTypes.flatMap(name => [{ type: scalar(name) }, { type: arrayOf(scalar(name)) }])
const anyTyped = fc.constantFrom(...literals, ...columns, unknown)

test('the order of the values makes no difference', () => {
  fc.assert(
    fc.property(fc.array(anyTyped, { minLength: 1, maxLength: 4 }), values => {
      expect(supertype(values.toReversed())).toEqual(supertype(values))
    }),
    { numRuns: 1_000 },
  )
})

test('what has become a common type stays it beside its parts', () => {
  fc.assert(
    fc.property(fc.array(anyTyped, { minLength: 1, maxLength: 3 }), values => {
      const type = supertype(values)
      if (type !== undefined) expect(supertype([{ type }, ...values])).toEqual(type)
    }),
    { numRuns: 1_000 },
  )
})

import { expect, test } from 'vitest'
import { binaryType, unaryType } from './operator-type.ts'
import { scalar } from './type-makers.ts'
import type { Typed } from './typed.ts'

const integer: Typed = { type: scalar('INT64') }
const date: Typed = { type: scalar('DATE') }
const interval: Typed = { type: scalar('INTERVAL') }
const unknown: Typed = { type: undefined }
const textParameter: Typed = { type: scalar('STRING'), literal: 'parameter' }

test('a text parameter beside an interval, days or a date is a point in time', () => {
  expect(binaryType('+', interval, textParameter)).toEqual(scalar('DATETIME'))
  expect(binaryType('+', integer, textParameter)).toEqual(scalar('DATE'))
  expect(binaryType('-', date, textParameter)).toEqual(scalar('INTERVAL'))
})

test('an operand whose type cannot be told leaves the result untold', () => {
  for (const operator of ['+', '-', '*', '/', '||', '|', '&', '^', '<<', '>>'] as const) {
    expect(binaryType(operator, unknown, integer)).toBeUndefined()
    expect(binaryType(operator, integer, unknown)).toBeUndefined()
  }
})

test('a sign leaves a number literal one, so that it may still become a NUMERIC', () => {
  const minus = unaryType('-', { type: scalar('FLOAT64'), literal: 'float' })
  expect(binaryType('+', { type: scalar('NUMERIC') }, minus)).toEqual(scalar('NUMERIC'))
  expect(unaryType('~', { type: scalar('INT64'), literal: 'integer' })).toEqual(integer)
})

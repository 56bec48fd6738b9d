import { expect, test } from 'vitest'
import { resultCaps } from './result-caps.ts'

test('of several caps on what is kept of a result, the tightest of each figure holds', () => {
  const detect = { kind: 'detect', detector: 'us_ssn', action: 'note' } as const
  const rows = { kind: 'record_result', maxRows: 50 } as const
  const both = { kind: 'record_result', maxRows: 100, maxBytes: 1_000 } as const
  expect(resultCaps([detect, rows, both])).toEqual({ maxRows: 50, maxBytes: 1_000 })
  expect(resultCaps([detect])).toEqual({})
})

import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { parseScript } from '../../src/googlesql/parse/parse.ts'
import { print } from '../../src/googlesql/print/print.ts'
import { sameTree } from '../../src/googlesql/walk.ts'
import { parsed } from '../measure/acceptance.ts'
import { acceptedCases, hasCorpus } from '../measure/language-cases.ts'

/** What an attacker or a typing error puts into a query. */
const pieces = ['(', ')', ',', ';', '.', '`', "'", '"', '--', '/*', '*/', '|>', '@', '@@', ' SELECT ', ' FROM ', ' AS ', '[', ']', '\n', '\\', '0', '\u202e']

describe.skipIf(!hasCorpus())('queries of the corpus with one change', async () => {
  const cases = (await acceptedCases()).map(({ sql }) => sql).filter(({ length }) => length < 4_000)
  const change = fc.record({
    at: fc.double({ min: 0, max: 1, noNaN: true }),
    removed: fc.nat({ max: 12 }),
    put: fc.oneof(fc.constant(''), fc.constantFrom(...pieces)),
  })
  const mutated = fc.tuple(fc.constantFrom(...cases), fc.array(change, { minLength: 1, maxLength: 3 })).map(([sql, changes]) =>
    changes.reduce((text, { at, removed, put }) => {
      const offset = Math.floor(at * text.length)
      return text.slice(0, offset) + put + text.slice(offset + removed)
    }, sql),
  )

  test('are read or refused by a syntax failure, and what is read prints faithfully', () => {
    fc.assert(
      fc.property(mutated, text => {
        // Anything but a syntax failure gets out of `parsed` and fails the property.
        const tree = parsed(text)
        if (tree !== undefined) expect(sameTree(parseScript(print(tree)), tree), text).toBe(true)
      }),
      { numRuns: 3_000 },
    )
  })
})

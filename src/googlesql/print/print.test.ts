import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { generatedExpressions, queries } from '../../../test/fakes/generated-queries.ts'
import type { Node } from '../ast/node.ts'
import { parseStatement } from '../parse/parse.ts'
import { sameTree } from '../walk.ts'
import { print } from './print.ts'

const queryOf = (text: string): Node => {
  const statement = parseStatement(text)
  if (statement.kind !== 'QueryStatement') throw new Error('not a query')
  return statement.query
}

test.each(["SELECT `x`[(KEY('b'))]", 'SELECT `x`[(OFFSET(0) + 1)]', 'SELECT `x`[OFFSET(0)]', 'SELECT `x`[0]'])(
  'an index is not taken for an accessor: %s',
  text => {
    expect(print(parseStatement(text))).toBe(text)
  },
)

describe('generated trees', () => {
  test('of expressions print as a text that means the same tree', () => {
    fc.assert(
      fc.property(generatedExpressions, expression => {
        const printed = `SELECT ${print(expression)}`
        const query = queryOf(printed)
        const item = query.kind === 'Query' && query.body.kind === 'Select' ? query.body.items[0] : undefined
        const read = item?.kind === 'ExpressionItem' ? item.value : undefined
        expect(read !== undefined && sameTree(read, expression), printed).toBe(true)
      }),
      { numRuns: 2_000 },
    )
  })

  test('of queries print as a text that means the same tree, and in one way only', () => {
    fc.assert(
      fc.property(queries, query => {
        const printed = print(query)
        const read = queryOf(printed)
        expect(sameTree(read, query), printed).toBe(true)
        expect(print(read)).toBe(printed)
      }),
      { numRuns: 200 },
    )
  })
})

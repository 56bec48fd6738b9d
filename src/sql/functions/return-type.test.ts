import { expect, test } from 'vitest'
import { expressionType, parseExpressionText } from '../../../test/corpus/functions/expression-type.ts'
import { samples } from '../../../test/corpus/functions/samples.ts'
import { typeText } from '../../model/column-type.ts'

test('calls and operators have the types that GoogleSQL gives them', () => {
  const wrong = samples.flatMap(({ sql, type }) => {
    const told = expressionType(parseExpressionText(sql)).type
    const answer = told === undefined ? null : typeText(told)
    return answer === type ? [] : [`${sql}: ${answer ?? 'none'}, not ${type ?? 'none'}`]
  })
  expect(wrong).toEqual([])
})

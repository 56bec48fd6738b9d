import { describe, expect, test } from 'vitest'
import { parseGoogleSql } from '../../src/googlesql/parse/parse.ts'
import { print } from '../../src/googlesql/print/print.ts'
import { sameTree } from '../../src/googlesql/walk.ts'
import { parsed } from '../measure/acceptance.ts'
import { acceptedCases, hasCorpus } from '../measure/language-cases.ts'

describe.skipIf(!hasCorpus())('every query of the corpus that is read', async () => {
  const cases = await acceptedCases()
  const trees = cases.flatMap(({ id, sql }) => {
    const tree = parsed(sql)
    return tree === undefined ? [] : [{ id, tree, printed: print(tree) }]
  })

  test('prints as a text that means the same tree', () => {
    const changed = trees.filter(({ tree, printed }) => !sameTree(parseGoogleSql(printed), tree))
    expect(changed.map(({ id, printed }) => `${id}: ${printed}`)).toEqual([])
  })

  test('prints in one way only', () => {
    const unstable = trees.filter(({ printed }) => print(parseGoogleSql(printed)) !== printed)
    expect(unstable.map(({ id, printed }) => `${id}: ${printed}`)).toEqual([])
  })

  test('prints on one line of visible ASCII and what stood in its literals and names', () => {
    const odd = trees.filter(({ printed }) => /[\x00-\x1f\x7f-\xa0\u200b-\u200f\u2028\u2029\ufeff]/.test(printed))
    expect(odd.map(({ id }) => id)).toEqual([])
  })
})

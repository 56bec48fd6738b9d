import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { parsed } from '../measure/acceptance.ts'
import { acceptedCases, corpusKinds, hasCorpus, rejectCases } from '../measure/language-cases.ts'

type LeftOut = { readonly reason: string; readonly ids: readonly number[] }

const leftOut: readonly LeftOut[] = JSON.parse(readFileSync(join(import.meta.dirname, 'left-out.json'), 'utf8'))
const leftOutIds = new Set(leftOut.flatMap(({ ids }) => ids))

describe.skipIf(!hasCorpus())('the corpus of queries', async () => {
  const cases = await acceptedCases()
  const read = cases.map(query => ({ ...query, tree: parsed(query.sql) }))

  test.each(corpusKinds)('%s is read in full, but for what is left out with a reason', kind => {
    const counted = read.filter(query => query.kind === kind && !leftOutIds.has(query.id))
    expect(counted.length).toBeGreaterThan(50)
    expect(counted.filter(({ tree }) => tree === undefined).map(({ id }) => id)).toEqual([])
  })

  test('what is left out is still refused, and is in the corpus', () => {
    const refused = new Set(read.filter(({ tree }) => tree === undefined).map(({ id }) => id))
    expect([...leftOutIds].filter(id => !refused.has(id))).toEqual([])
  })

  test('what is left out is less than one query in two hundred', () => {
    expect(leftOutIds.size).toBeLessThan(cases.length * 0.005)
  })

  test('what is left out has a reason, and is left out once', () => {
    expect(leftOut.every(({ reason, ids }) => reason.length > 20 && ids.length > 0)).toBe(true)
    expect(leftOutIds.size).toBe(leftOut.flatMap(({ ids }) => ids).length)
  })
})

describe.skipIf(!hasCorpus())('what GoogleSQL rejects', async () => {
  const cases = await rejectCases()

  test('is refused, but for one text in a hundred at most', () => {
    const accepted = cases.filter(({ sql }) => parsed(sql) !== undefined).map(({ sql }) => sql)
    expect(accepted.slice(Math.floor(cases.length / 100))).toEqual([])
  })
})

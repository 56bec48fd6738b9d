import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { parsed } from '../measure/acceptance.ts'
import { acceptedCases, type CorpusKind, hasCorpus, rejectCases } from '../measure/language-cases.ts'

type LeftOut = { readonly reason: string; readonly ids: readonly number[] }

const leftOut: readonly LeftOut[] = JSON.parse(readFileSync(join(import.meta.dirname, 'left-out.json'), 'utf8'))
const leftOutIds = new Set(leftOut.flatMap(({ ids }) => ids))

/** The least share of what the reference accepts that must be read; a kind is read in full but for what is left out. */
const floors: Readonly<Record<CorpusKind, number>> = {
  select: 1,
  pipe: 0.995,
  dml: 1,
  ddl: 0,
  script: 0.2,
  other: 0.2,
}

describe.skipIf(!hasCorpus())('the corpus of queries', async () => {
  const cases = await acceptedCases()
  const read = cases.map(query => ({ ...query, tree: parsed(query.sql) }))

  test.each(Object.entries(floors))('%s is read to a share of %d of all that BigQuery has', (kind, floor) => {
    const counted = read.filter(query => query.kind === kind && !leftOutIds.has(query.id))
    const refused = counted.filter(({ tree }) => tree === undefined)
    expect(refused.length, `refused: ${refused.slice(0, 20).map(({ id }) => id)}`).toBeLessThanOrEqual(
      Math.floor(counted.length * (1 - floor)),
    )
  })

  test('what is left out is still refused, and is in the corpus', () => {
    const refused = new Set(read.filter(({ tree }) => tree === undefined).map(({ id }) => id))
    expect([...leftOutIds].filter(id => !refused.has(id))).toEqual([])
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

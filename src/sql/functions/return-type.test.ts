import { expect, test } from 'vitest'
import { typesTable } from '../../../test/corpus/functions/columns.ts'
import { type Sample, samples } from '../../../test/corpus/functions/samples.ts'
import type { CatalogSnapshot } from '../../model/catalog.ts'
import { typeText } from '../../model/column-type.ts'
import { analyze, parseQuery } from '../analyze.ts'

const snapshot: CatalogSnapshot = {
  tables: new Map([['acme.types.x', { state: 'found', table: typesTable }]]),
  wildcards: new Map(),
  routines: new Map(),
}

test('calls and operators have the types that GoogleSQL gives them', () => {
  const wrong = samples.flatMap(sample => {
    const answer = analyzedType(sample)
    return answer === sample.type ? [] : [`${sample.sql}: ${answer ?? 'none'}, not ${sample.type ?? 'none'}`]
  })
  expect(wrong).toEqual([])
})

function analyzedType({ sql }: Sample): string | null {
  const settings = { parameters: [], digest: (text: string) => text, project: 'acme' }
  const analysis = analyze(parseQuery(`SELECT ${sql} FROM acme.types.x`), snapshot, settings)
  if (analysis.state !== 'complete') throw new Error(`not analyzed: ${sql}`)
  const type = analysis.analyzed.statement.outputs[0]?.type
  return type === undefined ? null : typeText(type)
}

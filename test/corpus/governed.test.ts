import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import type { CatalogTable } from '../../src/model/catalog.ts'
import { Failure } from '../../src/model/failure.ts'
import type { GovernedText } from '../../src/model/governed.ts'
import { govern } from '../../src/sql/govern.ts'
import { googlesqlReferenceFiles } from '../../src/tools/googlesql-reference.ts'
import { judge, type Oracle, openOracle } from '../../src/verification/oracle.ts'
import { analystDecision } from '../fakes/analyst-decision.ts'
import { understandText } from '../measure/understand-text.ts'
import { worldCatalog } from '../measure/world-catalog.ts'

type Case = { readonly sql: string; readonly governed?: string; readonly failure?: string; readonly detail?: string }

const cases = ['statements', 'scripts'].flatMap(name => {
  const lines = readFileSync(join(import.meta.dirname, 'governed', `${name}.jsonl`), 'utf8').trim()
  return lines.split('\n').map(line => JSON.parse(line) as Case)
})

let oracle: Oracle
let tables: readonly CatalogTable[]

beforeAll(async () => {
  oracle = await openOracle(googlesqlReferenceFiles())
  tables = await worldCatalog(join(import.meta.dirname, 'attacks', 'fixture_world.json'), oracle)
})

function governed(sql: string): GovernedText {
  const analyzed = understandText(sql, tables, { project: 'acme-prod' })
  if (analyzed instanceof Failure) throw analyzed
  return govern(analyzed, analystDecision(analyzed))
}

describe('statements under the masks and filters of analysts', () => {
  test.each(cases.filter(({ governed: text }) => text !== undefined))('$sql', ({ sql, governed: text }) => {
    const actual = governed(sql)
    expect(actual.text).toBe(text)
    expect(judge(oracle, actual)).toBeUndefined()
  })

  test.each(cases.filter(({ failure }) => failure !== undefined))('refused: $sql', ({ sql, failure, detail }) => {
    expect(() => governed(sql)).toThrow(Failure)
    try {
      governed(sql)
    } catch (thrown) {
      expect(thrown).toMatchObject({ code: failure, details: detail === undefined ? {} : { detail } })
    }
  })
})

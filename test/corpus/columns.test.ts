import { existsSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { googlesqlReferenceFiles } from '../../src/tools/googlesql-reference.ts'
import { openOracle } from '../../src/verification/oracle.ts'
import { type AttackCase, readCases } from '../measure/cases.ts'
import { compareColumns } from '../measure/column-agreement.ts'
import { defaultFiles } from '../measure/language-cases.ts'
import { worldCatalog } from '../measure/world-catalog.ts'

const isHere = existsSync(defaultFiles.controls) && existsSync(defaultFiles.world)
if (!isHere) console.log(`skipped: ${defaultFiles.controls} is not on this machine`)

const openReference = () => openOracle(googlesqlReferenceFiles())

describe.skipIf(!isHere)('honest queries over the small world', () => {
  test('read the columns that the analyzer scans, no more and no less', { timeout: 120_000 }, async () => {
    const cases = await readCases<AttackCase>(defaultFiles.controls)
    const tables = await worldCatalog(defaultFiles.world, await openReference())
    const asked = cases.flatMap(({ id, sql }) => (sql === undefined ? [] : [{ id, sql }]))
    const findings = await compareColumns(asked, tables, openReference)
    expect(findings.length).toBeGreaterThan(40)
    expect(findings.filter(({ verdict }) => verdict !== 'equal')).toEqual([])
  })
})

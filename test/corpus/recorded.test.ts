import { existsSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { Failure } from '../../src/model/failure.ts'
import { parsed } from '../measure/acceptance.ts'
import { defaultFiles } from '../measure/language-cases.ts'
import { home, parametersOf, recordedCases } from '../measure/recorded-cases.ts'
import { schemaDiffers } from '../measure/recorded.ts'
import { setupCatalog } from '../measure/setup-catalog.ts'
import { understandText } from '../measure/understand-text.ts'

const isHere = existsSync(defaultFiles.recorded)
if (!isHere) console.log(`skipped: ${defaultFiles.recorded} is not on this machine`)

describe.skipIf(!isHere)('queries that BigQuery itself accepted', async () => {
  const cases = await recordedCases(defaultFiles.recorded)

  test('are read, every one', () => {
    const refused = cases.filter(({ sql, setup }) => [sql, setup ?? 'SELECT 1'].some(text => parsed(text) === undefined))
    expect(refused.map(({ id }) => id)).toEqual([])
  })

  test('have the columns and types that BigQuery answered, in 98 of 100 queries', () => {
    const compared = cases.flatMap(recorded => {
      const tables = recorded.setup === undefined ? [] : setupCatalog(recorded.setup)
      const dataset = recorded.job_config?.default_dataset === undefined ? {} : { defaultDataset: home }
      const settings = { project: home.project, parameters: parametersOf(recorded), ...dataset }
      const analyzed = understandText(recorded.sql, tables, settings)
      if (analyzed instanceof Failure) return []
      return [{ id: recorded.id, why: schemaDiffers(analyzed.statement.outputs, recorded.schema ?? []) }]
    })
    const different = compared.flatMap(({ id, why }) => (why === undefined ? [] : [`${id}: ${why}`]))
    expect(compared.length).toBeGreaterThan(550)
    expect(different.slice(Math.floor(compared.length * 0.02))).toEqual([])
  })
})

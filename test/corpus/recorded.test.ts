import { existsSync } from 'node:fs'
import { beforeAll, describe, expect, test } from 'vitest'
import { googlesqlReferenceFiles } from '../../src/tools/googlesql-reference.ts'
import { verificationOptions } from '../../src/verification/options.ts'
import { openVerifier } from '../../src/verification/verify.ts'
import { parsed } from '../measure/acceptance.ts'
import { defaultFiles } from '../measure/language-cases.ts'
import { measureRecorded, type RecordedReport } from '../measure/recorded.ts'
import { type RecordedCase, recordedCases } from '../measure/recorded-cases.ts'

const isHere = existsSync(defaultFiles.recorded) && existsSync(googlesqlReferenceFiles().wasmPath)
if (!isHere) console.log(`skipped: ${defaultFiles.recorded} or the analyzer is not on this machine`)

describe.skipIf(!isHere)('queries that BigQuery itself accepted', () => {
  let cases: readonly RecordedCase[]
  let report: RecordedReport

  beforeAll(async () => {
    cases = await recordedCases(defaultFiles.recorded)
    const options = verificationOptions.parse({ timeoutMs: 60_000 })
    const verifier = await openVerifier(options, { reference: googlesqlReferenceFiles() })
    try {
      report = await measureRecorded(cases, verifier)
    } finally {
      await verifier.close()
    }
  }, 600_000)

  test('are read, every one', () => {
    const refused = cases.filter(({ sql, setup }) => [sql, setup ?? 'SELECT 1'].some(text => parsed(text) === undefined))
    expect(refused.map(({ id }) => id)).toEqual([])
    expect(report.parsed).toBe(report.total)
  })

  test('are verified by the analyzer, with the columns that BigQuery answered', () => {
    expect(report.different.map(({ id }) => id)).toEqual([])
    expect(report.verified).toBe(report.total)
    expect(report.not_served).toEqual({})
  })
})

import { existsSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { parseScript } from '../../src/googlesql/parse/parse.ts'
import { kindOfScript } from '../../src/sql/statement-kind.ts'
import { defaultFiles } from '../measure/language-cases.ts'

type Recorded = { readonly id: string; readonly sql: string; readonly job_metadata?: { readonly statement_type?: string } }

const isThere = existsSync(defaultFiles.recorded)
if (!isThere) console.info(`skipped: ${defaultFiles.recorded} is not on this machine`)

test.skipIf(!isThere)("statements have the types that BigQuery's own jobs had", () => {
  const typed = recorded().flatMap(({ sql, job_metadata }) => {
    const theirs = job_metadata?.statement_type
    return theirs === undefined ? [] : [{ sql, theirs, ours: kindOfScript(parseScript(named(sql))).kind }]
  })
  expect(typed.length).toBeGreaterThan(150)
  const other = typed.filter(({ ours, theirs }) => ours !== theirs)
  // The job of a CREATE PROCEDURE is a script, whose one statement has the type that its documentation gives.
  expect(other.map(({ ours, theirs }) => `${ours} ${theirs}`)).toEqual(['CREATE_PROCEDURE SCRIPT'])
})

function recorded(): readonly Recorded[] {
  const lines = readFileSync(defaultFiles.recorded, 'utf8').trim().split('\n')
  return lines.map(line => JSON.parse(line) as Recorded)
}

/** The recorded text with names in place of its variables. */
function named(sql: string): string {
  return sql.replaceAll('${DATASET}', 'p.d').replaceAll('${DATASET_ID}', 'd').replaceAll('${PROJECT}', 'p')
}

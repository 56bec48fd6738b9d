import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { configurationPage } from '../src/config/configuration-page.ts'
import { failurePage } from '../src/model/failure-page.ts'

const docs = join(import.meta.dirname, '../docs')

/** Pages that are written from code; `test/docs.test.ts` says when they are stale. */
const pages = { 'configuration.md': configurationPage, 'failures.md': failurePage }

for (const [name, text] of Object.entries(pages)) {
  writeFileSync(join(docs, name), text())
  console.log(`docs/${name} is written`)
}

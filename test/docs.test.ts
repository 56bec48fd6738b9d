import { expect, test } from 'vitest'
import { configurationPage } from '../src/config/configuration-page.ts'
import { failurePage } from '../src/model/failure-page.ts'

test('docs/failures.md lists exactly the failures that exist', async () => {
  await expect(failurePage()).toMatchFileSnapshot('../docs/failures.md')
})

test('docs/configuration.md lists exactly the settings that exist', async () => {
  await expect(configurationPage()).toMatchFileSnapshot('../docs/configuration.md')
})

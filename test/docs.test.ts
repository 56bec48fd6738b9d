import { expect, test } from 'vitest'
import { failurePage } from '../src/model/failure-page.ts'

test('docs/failures.md lists exactly the failures that exist', async () => {
  await expect(failurePage()).toMatchFileSnapshot('../docs/failures.md')
})

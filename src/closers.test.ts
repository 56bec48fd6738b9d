import { expect, test } from 'vitest'
import { Closers } from './closers.ts'

test('what was opened last is closed first, once, whatever fails', async () => {
  const closers = new Closers()
  const closed: string[] = []
  closers.add(() => void closed.push('spool'))
  closers.add(async () => {
    closed.push('policy')
    throw new Error('the policy would not close')
  })
  closers.add(async () => void closed.push('listener'))
  await expect(closers.closeAll()).rejects.toThrow('the policy would not close')
  await expect(closers.closeAll()).rejects.toThrow('the policy would not close')
  expect(closed).toEqual(['listener', 'policy', 'spool'])
})

import { expect, test } from 'vitest'
import { openContinuations } from './continuation.ts'

const place = { jobId: 'job-1', pageToken: 'abc', maxRows: 100, index: 1, skip: 0 }

test('a page token leads back to its place', () => {
  const continuations = openContinuations()
  expect(continuations.open(continuations.seal(place))).toEqual(place)
  const first = { ...place, pageToken: undefined, skip: 20 }
  expect(continuations.open(continuations.seal(first))).toEqual(first)
})

test('a page token that was changed, or made up, leads nowhere', () => {
  const continuations = openContinuations()
  const token = continuations.seal(place)
  const [body = '', mark = ''] = token.split('.')
  const other = Buffer.from(Buffer.from(body, 'base64url').toString().replace('job-1', 'job-2')).toString('base64url')
  for (const forged of ['', 'x', body, `${other}.${mark}`, `${token}A`, openContinuations().seal(place)]) {
    expect(() => continuations.open(forged)).toThrow('there is no such page')
  }
})

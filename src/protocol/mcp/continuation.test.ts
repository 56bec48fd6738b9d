import { expect, test } from 'vitest'
import { openContinuations } from './continuation.ts'

const place = { jobId: 'job-1', pageToken: 'abc', maxRows: 100, index: 1, skip: 0 }

test('a page token leads back to its place, on every replica', () => {
  const continuations = openContinuations('one key')
  expect(openContinuations('one key').open(continuations.seal(place))).toEqual(place)
  const first = { ...place, pageToken: undefined, skip: 20 }
  expect(continuations.open(continuations.seal(first))).toEqual(first)
})

test('a page token that was changed, or made up, leads nowhere', () => {
  const continuations = openContinuations('one key')
  const token = continuations.seal(place)
  const [body = '', mark = ''] = token.split('.')
  const other = Buffer.from(Buffer.from(body, 'base64url').toString().replace('job-1', 'job-2')).toString('base64url')
  for (const forged of ['', 'x', body, `${other}.${mark}`, `${token}A`, openContinuations('another key').seal(place)]) {
    expect(() => continuations.open(forged)).toThrow('there is no such page')
  }
})

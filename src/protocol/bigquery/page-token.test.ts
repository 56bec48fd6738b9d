import { expect, test } from 'vitest'
import { openPageTokens } from './page-token.ts'

const place = { of: 'job-1', pageToken: 'abc', index: 1 }

test('a token leads back to its place', () => {
  const tokens = openPageTokens()
  expect(tokens.open(tokens.seal(place), 'job-1')).toEqual(place)
  expect(tokens.open(tokens.seal({ of: 'a list', index: 20 }), 'a list')).toEqual({ of: 'a list', index: 20 })
})

test('a token that was changed, made up, or sealed for another place leads nowhere', () => {
  const tokens = openPageTokens()
  const token = tokens.seal(place)
  const [body = '', mark = ''] = token.split('.')
  const other = Buffer.from(Buffer.from(body, 'base64url').toString().replace('job-1', 'job-2')).toString('base64url')
  for (const forged of ['', 'x', body, `${other}.${mark}`, openPageTokens().seal(place)]) {
    expect(() => tokens.open(forged, 'job-1')).toThrow('there is no such page')
  }
  expect(() => tokens.open(token, 'job-2')).toThrow('there is no such page')
})

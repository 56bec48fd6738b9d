import { expect, test } from 'vitest'
import { openPageTokens } from './page-token.ts'

const alice = { issuer: 'https://idp.example', subject: 'alice' }
const place = { of: 'job-1', pageToken: 'p2', index: 1 }

test('a place comes back as it was, on every replica with the same key', () => {
  const sealed = openPageTokens('one key').seal(place, alice)
  expect(openPageTokens('one key').open(sealed, 'job-1', alice)).toEqual(place)
  const first = { of: 'tables', index: 0 }
  const tokens = openPageTokens('one key')
  expect(tokens.open(tokens.seal(first, alice), 'tables', alice)).toEqual(first)
})

test.each<[string, (sealed: string) => readonly [string, string, typeof alice]]>([
  ['of another job', sealed => [sealed, 'job-2', alice]],
  ['of another person', sealed => [sealed, 'job-1', { ...alice, subject: 'bob' }]],
  ['that was changed', sealed => [`x${sealed}`, 'job-1', alice]],
  ['without its mark', sealed => [sealed.split('.')[0] ?? '', 'job-1', alice]],
  ['that was made up', () => ['made-up', 'job-1', alice]],
])('a token %s is refused', (_, changed) => {
  const tokens = openPageTokens('one key')
  expect(() => tokens.open(...changed(tokens.seal(place, alice)))).toThrow(/pageToken/)
})

test('a token of another key is refused', () => {
  expect(() =>
    openPageTokens('one key').open(openPageTokens('another key').seal(place, alice), 'job-1', alice),
  ).toThrow()
})

import { expect, test } from 'vitest'
import { Recent } from './recent.ts'

test('what was not used for longest makes room', () => {
  const recent = new Recent<number>(10)
  for (const [index, key] of ['a', 'b', 'c'].entries()) recent.set(key, index, 3)
  expect(recent.get('a')).toBe(0)
  recent.set('d', 3, 3)
  expect(['a', 'b', 'c', 'd'].map(key => recent.get(key))).toEqual([0, undefined, 2, 3])
})

test('one that is larger than all that is remembered pushes nothing out', () => {
  const recent = new Recent<number>(10)
  recent.set('a', 0, 9)
  recent.set('b', 1, 11)
  expect([recent.get('a'), recent.get('b')]).toEqual([0, undefined])
})

test('a key that is set again counts once', () => {
  const recent = new Recent<number>(10)
  for (const value of [1, 2, 3]) recent.set('a', value, 4)
  recent.set('b', 4, 4)
  expect([recent.get('a'), recent.get('b')]).toEqual([3, 4])
})

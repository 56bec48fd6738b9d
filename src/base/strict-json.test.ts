import { expect, test } from 'vitest'
import { parseStrictJson } from './strict-json.ts'

test('plain JSON is read as JSON.parse reads it', () => {
  const text = ' {"a": [1, "x:\\"y", {"b": null}], "c": {"a": "{"}, "d": ["a", "a"]} '
  expect(parseStrictJson(text, 8)).toEqual(JSON.parse(text))
})

test.each([
  '{"a":1,"a":2}',
  '{"x":{"a":1, "b":2, "a" :3}}',
  '{"a":1,"\\u0061":2}',
  '[{"a":{"b":1},"c":[],"a":2}]',
  '{"__proto__":{}}',
])('%s is refused: readers disagree on its meaning', text => {
  expect(() => parseStrictJson(text, 8)).toThrow(SyntaxError)
})

test('the same key in two objects is no duplicate', () => {
  expect(parseStrictJson('[{"a":1},{"a":2}]', 8)).toEqual([{ a: 1 }, { a: 2 }])
})

test('depth is bounded', () => {
  const nested = (depth: number) => '['.repeat(depth) + ']'.repeat(depth)
  expect(parseStrictJson(nested(8), 8)).toBeDefined()
  expect(() => parseStrictJson(nested(9), 8)).toThrow(SyntaxError)
  expect(() => parseStrictJson(nested(100_000), 8)).toThrow(SyntaxError)
})

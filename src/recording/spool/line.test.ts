import { expect, test } from 'vitest'
import { frameLine, LineBlock, parseLine } from './line.ts'
import { splitLines } from './read-lines.ts'

const start = { segment: 1, offset: 0 }

test('lines that are added one after another read back as they were, however much room they need', () => {
  const block = new LineBlock(16)
  const texts = ['{"a":1}', `{"a":"${'é€😀'.repeat(1_000)}"}`, '{}']
  const added = texts.map((text, index) => block.add('events', index + 7, text).toString())
  expect(added).toEqual(texts)
  const { lines, corrupt } = splitLines(block.bytes, start, 10)
  expect(corrupt).toEqual([])
  expect(lines.map(({ kind, number, json }) => [kind, number, json.toString()])).toEqual(
    texts.map((text, index) => ['events', index + 7, `${text}\n`]),
  )
})

test('a block that was cleared holds nothing of what it held', () => {
  const block = new LineBlock(16)
  block.add('events', 1, `{"a":"${'x'.repeat(5_000_000)}"}`)
  block.clear()
  expect(block.bytes.length).toBe(0)
  block.add('results', 2, '{"b":2}')
  expect(block.bytes).toEqual(frameLine('results', 2, '{"b":2}'))
})

test('a line with another number or text than was written is no line', () => {
  const line = frameLine('events', 12, '{"a":"b"}')
  const afterChecksum = [...line.keys()].slice('e 00000000 '.length)
  const changed = afterChecksum.map(index => Buffer.from(line.map((byte, at) => (at === index ? byte ^ 1 : byte))))
  expect(changed.filter(other => parseLine(other) !== undefined)).toEqual([])
})

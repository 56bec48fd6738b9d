import { Readable } from 'node:stream'
import { gzipSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { jsonOf, readBytes } from './read-body.ts'

const json = 'application/json'
const read = (bytes: Buffer, encoding?: string, maxBytes = 1_000) =>
  readBytes(Readable.from([bytes]), encoding === undefined ? {} : { 'content-encoding': encoding }, maxBytes)

test('a body is read plain or zipped', async () => {
  const bytes = Buffer.from('{"query": "SELECT 1"}')
  expect(await read(bytes)).toEqual(bytes)
  expect(await read(gzipSync(bytes), 'gzip')).toEqual(bytes)
})

test('a body that is larger than allowed is refused, also when it is small while zipped', async () => {
  await expect(read(Buffer.alloc(1_001))).rejects.toMatchObject({ code: 'request_too_large' })
  await expect(read(gzipSync(Buffer.alloc(50_000_000)), 'gzip')).rejects.toMatchObject({ code: 'request_too_large' })
})

test.each(['gzip, gzip', 'br', 'deflate'])('the encoding %s is refused', async encoding => {
  await expect(read(gzipSync(gzipSync('{}')), encoding)).rejects.toMatchObject({ code: 'request_invalid' })
})

test('what says that it is zipped and is not is refused', async () => {
  await expect(read(Buffer.from('{}'), 'gzip')).rejects.toMatchObject({ code: 'request_invalid' })
})

test('JSON is read in UTF-8 and in no other form', () => {
  expect(jsonOf(Buffer.from('{"a": "\\ud83d\\ude00 \\\\ud800"}'), 'application/json; charset=UTF-8')).toEqual({
    a: '😀 \\ud800',
  })
  expect(jsonOf(undefined, undefined)).toBe(undefined)
  expect(jsonOf(Buffer.alloc(0), json)).toBe(undefined)
  for (const type of [
    undefined,
    'text/plain',
    'application/x-www-form-urlencoded',
    'application/json; charset=utf-16le',
  ]) {
    expect(() => jsonOf(Buffer.from('{}'), type)).toThrow('application/json')
  }
})

test.each([
  '{} {}',
  '{"a": 1, "a": 2}',
  '{"__proto__": 1}',
  '{"a": "\\ud800"}',
  '['.repeat(100) + ']'.repeat(100),
  '{',
])('%s has no meaning or several, and is refused', text => {
  expect(() => jsonOf(Buffer.from(text), json)).toThrow('one meaning')
})

test('bytes that are no text are refused', () => {
  expect(() => jsonOf(Buffer.from([0x22, 0xff, 0xfe, 0x22]), json)).toThrow('one meaning')
})

import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { readCases } from './cases.ts'

let directory: string
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'cases-'))
})
afterEach(() => rm(directory, { recursive: true }))

async function casesIn(...lines: readonly string[]): Promise<unknown[]> {
  const path = join(directory, 'cases.jsonl')
  await writeFile(path, lines.join('\n'))
  return readCases(path)
}

test('numbers that JSON has no form for are read as Python writes them, and only where they are no text', async () => {
  const line = String.raw`{"rows": [{"a": NaN, "b": [-Infinity, Infinity], "NaN": "is \"NaN, -Infinity\" here"}]}`
  expect(await casesIn(line)).toEqual([
    { rows: [{ a: 'NaN', b: ['-Infinity', 'Infinity'], NaN: 'is "NaN, -Infinity" here' }] },
  ])
})

test('empty lines are no cases, and repeated parts are written once', async () => {
  expect(await casesIn('{"sql": {"$repeat": ["ab", 3]}}', '', '{"n": {"$repeat_list": [1, 2]}}')).toEqual([
    { sql: 'ababab' },
    { n: [1, 1] },
  ])
})

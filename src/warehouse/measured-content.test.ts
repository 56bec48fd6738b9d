import { createHash } from 'node:crypto'
import { expect, test } from 'vitest'
import { openMeter } from './measured-content.ts'

async function* partsOf(...texts: readonly string[]): AsyncGenerator<Buffer> {
  for (const text of texts) yield Buffer.from(text)
}

async function pass(content: AsyncIterable<Uint8Array>): Promise<string> {
  const parts: Uint8Array[] = []
  for await (const part of content) parts.push(part)
  return Buffer.concat(parts).toString()
}

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex')

test('bytes that pass in parts are counted and hashed as one content', async () => {
  const meter = openMeter()
  expect(await pass(meter.measure(partsOf('ab', 'c')))).toBe('abc')
  meter.rewind(3)
  await pass(meter.measure(partsOf('de')))
  expect(meter.content()).toEqual({ bytes: 5, sha256: sha256('abcde') })
})

test('where some did not arrive, there is no hash rather than a wrong one', async () => {
  const meter = openMeter()
  await pass(meter.measure(partsOf('abc')))
  meter.rewind(2)
  await pass(meter.measure(partsOf('cde')))
  expect(meter.content()).toEqual({ bytes: 5 })
})

import { expect, test } from 'vitest'
import { openStreamNames } from './stream-names.ts'

const key = 'k'.repeat(32)
const alice = { issuer: 'https://idp.example', subject: 'alice' }
const reading = { project: 'acme-prod', location: 'US', job: 'alices-own', places: [2, 0], format: 'ARROW' } as const

function streamOf(names: ReturnType<typeof openStreamNames>) {
  return names.streamOf(names.sessionOf(reading, alice))
}

test('a name leads every replica of one key to what its stream reads', () => {
  const stream = streamOf(openStreamNames(key))
  expect(stream).toMatch(/^projects\/acme-prod\/locations\/US\/sessions\/[\w-]+\/streams\/0$/)
  expect(openStreamNames(key).open(stream, alice)).toEqual(reading)
})

test.each<[string, (stream: string) => string, object]>([
  ['of another person', stream => stream, { subject: 'mallory' }],
  ['of the same name elsewhere', stream => stream, { issuer: 'https://other.example' }],
  ['in another project', stream => stream.replace('acme-prod', 'other'), {}],
  ['in another place', stream => stream.replace('/US/', '/EU/'), {}],
  ['with another content', stream => stream.replace('/streams', 'AA/streams'), {}],
  ['of a stream that is not', stream => stream.replace(/0$/, '1'), {}],
  ['of a session', stream => stream.replace(/\/streams\/0$/, ''), {}],
  ['of nothing', () => '', {}],
])('a name %s leads nowhere', (_, changed, other) => {
  const names = openStreamNames(key)
  expect(() => names.open(changed(streamOf(names)), { ...alice, ...other })).toThrow(/no such read stream/)
})

test('a name of another key leads nowhere', () => {
  expect(() => openStreamNames('x'.repeat(32)).open(streamOf(openStreamNames(key)), alice)).toThrow(/no such/)
})

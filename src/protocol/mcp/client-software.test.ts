import { CLIENT_INFO_META_KEY } from '@modelcontextprotocol/server'
import { expect, test } from 'vitest'
import type { Principal } from '../../model/principal.ts'
import { softwareFrom } from '../client-software.ts'
import { softwareOfCall } from './client-software.ts'

const traceparent = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01'

function called(headers: Record<string, string>, meta?: Record<string, unknown>, envelope?: object) {
  const { software, traceparent } = softwareFrom(headers, '127.0.0.1')
  const principal = {} as unknown as Principal
  const caller = { software, traceparent, credential: { bearer: 'x' }, principal, signal: new AbortController().signal }
  return softwareOfCall(caller, envelope, meta)
}

test('a client is named by its envelope, or else by its user agent', () => {
  const headers = { 'user-agent': 'claude-code/2.1.330 (sdk-cli)' }
  expect(called(headers)).toMatchObject({ protocol: 'mcp', name: 'claude-code', version: '2.1.330' })
  const envelope = { [CLIENT_INFO_META_KEY]: { name: 'desk', version: '7' } }
  expect(called(headers, {}, envelope)).toMatchObject({ name: 'desk', version: '7', userAgent: headers['user-agent'] })
  expect(called({})).toMatchObject({ name: 'unknown', version: '' })
})

test('a call tells its tool use and its trace', () => {
  const meta = { 'claudecode/toolUseId': 'toolu_01', traceparent, progressToken: 1 }
  expect(called({}, meta)).toMatchObject({ toolUseId: 'toolu_01', traceparent })
  expect(called({ traceparent })).toMatchObject({ traceparent })
  const odd = called({ traceparent: 'no' }, { 'claudecode/toolUseId': { a: 1 }, traceparent: 7 })
  expect(odd).not.toHaveProperty('toolUseId')
  expect(odd).not.toHaveProperty('traceparent')
})

test('a session key comes from a header or from the call', () => {
  expect(called({ 'sluice-session': 's1', 'mcp-session-id': 's2' })).toMatchObject({ sessionKey: 's1' })
  expect(called({ 'mcp-session-id': 's2' }, { 'sluice/session': 's3' })).toMatchObject({ sessionKey: 's2' })
  expect(called({}, { 'sluice/session': 's3' })).toMatchObject({ sessionKey: 's3' })
  expect(() => called({ 'sluice-session': 'a b' })).toThrow('session key')
  expect(() => called({}, { 'sluice/session': ['s'] })).toThrow('session key')
})

import { expect, test } from 'vitest'
import { openJobIds } from './job-ids.ts'

const alice = { issuer: 'https://idp.example', subject: 'alice' }
const place = { project: 'acme-prod', location: 'US' }

test('a job id tells every replica with the same key whose job it is', () => {
  const id = openJobIds('one key').newJobId(alice, place)
  expect(id).toMatch(/^[\w-]{1,1024}$/)
  expect(openJobIds('one key').isOwnedBy(id, alice, place)).toBe(true)
  expect(openJobIds('another key').isOwnedBy(id, alice, place)).toBe(false)
})

test('nobody else owns it, nowhere else, and no id can be made up', () => {
  const ids = openJobIds('one key')
  const id = ids.newJobId(alice, place)
  expect(ids.isOwnedBy(id, { ...alice, subject: 'bob' }, place)).toBe(false)
  expect(ids.isOwnedBy(id, { ...alice, issuer: 'https://other.example' }, place)).toBe(false)
  expect(ids.isOwnedBy(id, alice, { ...place, location: 'EU' })).toBe(false)
  expect(ids.isOwnedBy(id, alice, { ...place, project: 'other' })).toBe(false)
  for (const forged of ['', 'job_1', `${id}0`, id.replace(/.$/, last => (last === '0' ? '1' : '0'))]) {
    expect(ids.isOwnedBy(forged, alice, place)).toBe(false)
  }
})

test('no two ids are the same', () => {
  const ids = openJobIds('one key')
  expect(new Set(Array.from({ length: 100 }, () => ids.newJobId(alice, place))).size).toBe(100)
})

test('one seed gives one owner one id, on every replica, and each owner another', () => {
  const id = openJobIds('one key').newJobId(alice, place, 'a request')
  expect(openJobIds('one key').newJobId(alice, place, 'a request')).toBe(id)
  expect(openJobIds('one key').isOwnedBy(id, alice, place)).toBe(true)
  for (const [owner, seed] of [[{ ...alice, subject: 'bob' }, 'a request'] as const, [alice, 'another'] as const]) {
    expect(openJobIds('one key').newJobId(owner, place, seed)).not.toBe(id)
  }
})

import { describe, expect, test } from 'vitest'
import { Failure } from './model/failure.ts'
import { openProbe, openReadiness, type ReadinessParts } from './readiness.ts'

const spoolMaxBytes = 1_000
const recorder = { isSinkWorking: false, spoolBytes: 0, isCaughtUp: false }
const verifier = {
  by: 'googlesql',
  agreed: 0,
  disagreed: 0,
  mistakes: 0,
  cacheHits: 0,
  ready: 1,
  busy: 0,
  queued: 0,
} as const

function faults(changes: Partial<ReadinessParts> = {}) {
  return openReadiness({
    policy: { health: () => ({ revision: 'r1', failure: 'the newest does not compile' }) },
    verifier: { health: () => ({ ...verifier, replaced: 0 }) },
    recorder: { health: () => recorder },
    spoolMaxBytes,
    warehouse: async () => undefined,
    ...changes,
  })()
}

describe('a gateway is ready', () => {
  test('while ClickHouse is down, and while an older policy serves', async () => {
    expect(await faults()).toEqual([])
  })

  test.each<[string, Partial<ReadinessParts>]>([
    ['policy: no good version is loaded', { policy: { health: () => ({ failure: 'none' }) } }],
    [
      "verification: Google's analyzer is missing",
      { verifier: { health: () => ({ ...verifier, by: 'nobody', replaced: 0 }) } },
    ],
    ['verification: no thread is ready', { verifier: { health: () => ({ ...verifier, ready: 0, replaced: 3 }) } }],
    ['recording: the spool is full', { recorder: { health: () => ({ ...recorder, spoolBytes: spoolMaxBytes }) } }],
    ['warehouse: catalog_unavailable', { warehouse: async () => 'catalog_unavailable' }],
  ])('but not with "%s"', async (fault, changes) => {
    expect(await faults(changes)).toEqual([fault])
  })
})

describe('the warehouse', () => {
  test('is asked once, however often the health is', async () => {
    let asked = 0
    const probe = openProbe(async () => {
      asked += 1
    })
    expect(await Promise.all([probe(), probe(), probe()])).toEqual([undefined, undefined, undefined])
    expect(asked).toBe(1)
  })

  test('tells strangers a code and no more', async () => {
    const cause = new Error('secret')
    expect(await openProbe(() => Promise.reject(new Failure('catalog_unavailable', {}, { cause })))()).toBe(
      'catalog_unavailable',
    )
    expect(await openProbe(() => Promise.reject(cause))()).toBe('it does not answer')
  })

  test('that never answers is not waited for', async () => {
    expect(await openProbe(() => new Promise(() => {}))()).toBe('it does not answer in time')
  })
})

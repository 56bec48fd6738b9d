import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { OpenSession, Record } from '../../src/gateway/ports.ts'
import { sampleDenied, samplePrincipal, sampleStarted } from '../fakes/sample-events.ts'

export type RecorderUnderTest = {
  readonly record: Record
  readonly openSession: OpenSession
  readonly close: () => Promise<void>
}

const client = { protocol: 'mcp', name: 'claude', version: '1', ip: '127.0.0.1', userAgent: 'claude/1' } as const
const noon = new Date('2026-06-01T12:00:00Z')
const later = (minutes: number) => new Date(noon.getTime() + minutes * 60_000)

/** What every recorder keeps to, the real one and the fake. Its idle time is half an hour. */
export function recorderContract(name: string, open: () => Promise<RecorderUnderTest>): void {
  describe(`the recorder (${name})`, () => {
    let recorder: RecorderUnderTest
    beforeEach(async () => {
      recorder = await open()
    })
    afterEach(() => recorder.close())

    test('gives back the very event that it was given, with an id', async () => {
      const started = sampleStarted()
      const recorded = await recorder.record(started)
      expect(recorded.event).toBe(started)
      expect(recorded.eventId).not.toBe('')
    })

    test('gives each event an id of its own, however many come at once', async () => {
      const recorded = await Promise.all(Array.from({ length: 50 }, () => recorder.record(sampleDenied())))
      expect(new Set(recorded.map(({ eventId }) => eventId)).size).toBe(50)
    })

    test('refuses as recorder_unavailable once it is closed', async () => {
      await recorder.close()
      await expect(recorder.record(sampleStarted())).rejects.toMatchObject({ code: 'recorder_unavailable' })
    })

    test('keeps a visit together until its client was silent for the idle time', () => {
      const principal = samplePrincipal()
      const first = recorder.openSession(principal, client, noon)
      expect(recorder.openSession(principal, client, later(29))).toBe(first)
      expect(recorder.openSession(principal, client, later(58))).toBe(first)
      expect(recorder.openSession(principal, client, later(89))).not.toBe(first)
    })

    test('keeps principals, clients and credentials apart', () => {
      const visits = [
        recorder.openSession(samplePrincipal(), client, noon),
        recorder.openSession(samplePrincipal({ subject: 'bob' }), client, noon),
        recorder.openSession(samplePrincipal({ credentialId: 'jti-2' }), client, noon),
        recorder.openSession(samplePrincipal(), { ...client, name: 'cursor' }, noon),
      ]
      expect(new Set(visits).size).toBe(4)
    })

    test('gives a named session to the principal that used its name first, and refuses it to another', () => {
      const named = { ...client, sessionKey: 'quarterly-report' }
      const first = recorder.openSession(samplePrincipal(), named, noon)
      expect(recorder.openSession(samplePrincipal({ credentialId: 'jti-2' }), named, later(600))).toBe(first)
      const other = samplePrincipal({ subject: 'bob' })
      expect(() => recorder.openSession(other, named, noon)).toThrow(
        expect.objectContaining({ code: 'session_refused' }),
      )
    })
  })
}

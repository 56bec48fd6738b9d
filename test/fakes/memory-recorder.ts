import type { OpenSession, Record } from '../../src/gateway/ports.ts'
import { Failure } from '../../src/model/failure.ts'
import type { Recorded, SessionEvent } from '../../src/model/session-event.ts'
import { sessionBook } from '../../src/recording/session-book.ts'

export type MemoryRecorder = {
  readonly record: Record
  readonly openSession: OpenSession
  readonly events: readonly SessionEvent[]
  readonly close: () => Promise<void>
}

/** A recorder that keeps events in memory, for tests of what stands before it. It casts, as only a fake may. */
export function openMemoryRecorder(idleMs = 30 * 60_000): MemoryRecorder {
  const events: SessionEvent[] = []
  let isOpen = true
  let ids = 0
  const newId = () => `memory-${++ids}`
  return {
    events,
    openSession: sessionBook({ idleMs, newId }),
    record: async event => {
      if (!isOpen) throw new Failure('recorder_unavailable')
      events.push(event)
      return { event, eventId: newId() } as unknown as Recorded<typeof event>
    },
    close: async () => {
      isOpen = false
    },
  }
}

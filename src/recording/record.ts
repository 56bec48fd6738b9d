import { Failure } from '../model/failure.ts'
import type { Recorded, SessionEvent } from '../model/session-event.ts'
import type { RecorderHooks } from './hooks.ts'
import { openChange } from './open-requests.ts'
import { type RowSettings, rowsOfEvent } from './rows/rows-of-event.ts'
import type { Spool } from './spool/spool.ts'

export type RecordParts = {
  readonly spool: Spool
  readonly newId: () => string
  readonly rows: RowSettings
  readonly hooks: RecorderHooks
}

/** Puts an event on disk. The one place that says an event is `Recorded`. */
export async function record<E extends SessionEvent>(event: E, parts: RecordParts): Promise<Recorded<E>> {
  const { spool, newId, rows, hooks } = parts
  const began = performance.now()
  const eventId = newId()
  try {
    const change = openChange(event)
    await spool.append({ rows: rowsOfEvent(event, eventId, rows), change }, isOpening(event) ? 'opening' : 'closing')
  } catch (cause) {
    hooks.refused?.(cause)
    throw new Failure('recorder_unavailable', {}, { cause })
  }
  hooks.appended?.(performance.now() - began)
  return { event, eventId } as Recorded<E>
}

function isOpening({ type }: SessionEvent): boolean {
  return type === 'started' || type === 'denied' || type === 'held'
}

import type { Recorded, TransferStarted } from '../model/session-event.ts'
import type { Ports } from './ports.ts'

/** Closes the record of an upload whose last part never came. BigQuery forgets the parts by itself. */
export async function abandonUpload({ event }: Recorded<TransferStarted>, ports: Ports): Promise<void> {
  const { principal, origin, job, at: startedAt } = event
  const at = ports.now()
  const durationMs = at.getTime() - startedAt.getTime()
  await ports.record({ type: 'cancelled', at, principal, origin, job, durationMs })
}

import type { RunningTransfer } from '../model/job.ts'
import type { JobStatistics } from '../model/result.ts'
import { closingFailures } from './close-failed.ts'
import { closeWithoutRows } from './close-without-rows.ts'
import type { Ports } from './ports.ts'

/** What an ended transfer has moved; undefined while it runs. Throws what it failed with. Its end closes the request. */
export async function lookAtTransfer(
  job: RunningTransfer,
  ports: Ports,
  signal: AbortSignal,
): Promise<JobStatistics | undefined> {
  const { principal, origin, ref, startedAt, statement } = job
  return closingFailures({ principal, origin, job: ref, beganAt: startedAt }, ports, async () => {
    const statistics = await ports.transfers.look(job, signal)
    if (statistics === undefined) return undefined
    await closeWithoutRows({ principal, origin, job: ref, statement, startedAt, statistics }, ports)
    return statistics
  })
}

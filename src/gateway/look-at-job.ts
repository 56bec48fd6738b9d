import type { RunningJob } from '../model/job.ts'
import type { JobStatistics } from '../model/result.ts'
import { closingFailures } from './close-failed.ts'
import type { Ports } from './ports.ts'

/** What an ended job has cost; undefined while it runs. Throws what it failed with. None of its rows are read. */
export async function lookAtJob(
  job: RunningJob,
  ports: Ports,
  signal: AbortSignal,
): Promise<JobStatistics | undefined> {
  const visit = { principal: job.principal, origin: job.origin, job: job.ref, beganAt: job.startedAt }
  return closingFailures(visit, ports, async () => {
    const shape = await ports.warehouse.pageWithin(job, { maxRows: 0, index: 0 }, 0, signal)
    return shape?.statistics
  })
}

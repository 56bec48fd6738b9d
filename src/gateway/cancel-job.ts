import type { KnownJob } from '../model/job.ts'
import type { Ports } from './ports.ts'

/** Stops a job for its owner and closes its record. */
export async function cancelJob(job: KnownJob, ports: Ports): Promise<void> {
  await ports.warehouse.cancel(job)
  const { principal, origin, ref, startedAt } = job
  const at = ports.now()
  const durationMs = at.getTime() - startedAt.getTime()
  await ports.record({ type: 'cancelled', at, principal, origin, job: ref, durationMs })
}

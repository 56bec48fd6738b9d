import type { RunningJob } from '../model/job.ts'
import type { Page, RedactedPage } from '../model/result.ts'
import { planRedaction } from '../result/plan.ts'
import { redact } from '../result/redact.ts'
import type { Ports } from './ports.ts'
import { timed } from './timed.ts'

/** The second guard: what the SQL should have masked is checked, and content is scanned, row by row. */
export function redactPage(page: Page, job: RunningJob, ports: Ports): RedactedPage {
  return timed(ports, 'redact', () => redact(page, planRedaction(job.governed, job.decision)))
}

import { cancelJob } from '../../gateway/cancel-job.ts'
import type { Refusal } from '../../gateway/outcome.ts'
import type { Request } from '../../gateway/query.ts'
import { start } from '../../gateway/run-query.ts'
import { Failure } from '../../model/failure.ts'
import type { BigQueryDesk } from './desk.ts'
import { showResults } from './results.ts'
import { shownConfiguration } from './shown-configuration.ts'

export type RunStatement = {
  readonly text: string
  readonly project: string
  readonly location?: string | undefined
  readonly request: Request
  readonly desk: BigQueryDesk
}

/** What a method without SQL asks for, as the statement that does it: the same decision, record and job. Waits for its end. */
export async function runStatement(asked: RunStatement): Promise<{ state: 'done'; decisionId: string } | Refusal> {
  const { text, project, location, request, desk } = asked
  const place = { project, ...(location === undefined ? {} : { location }) }
  const started = await start({ ...request, ...place, text, parameters: [] }, desk.ports)
  if (started.state !== 'running') return started
  const { job } = started
  const entry = { id: job.ref.jobId, job, configuration: shownConfiguration({ query: text }) }
  desk.jobs.put(entry)
  const { maxWaitMs: waitMs } = desk.options
  const results = await showResults(entry, { maxRows: 0, waitMs, format: 'FLOAT64' }, desk, request.signal)
  if (results['jobComplete'] !== true) {
    await cancelJob(job, desk.ports)
    throw new Failure('deadline_exceeded', { detail: `It was not done within ${waitMs} ms.` })
  }
  return { state: 'done', decisionId: job.decision.id }
}

/** The same for a method that answers nothing but that it is done. */
export async function answerStatement(
  asked: RunStatement,
): Promise<{ state: 'answered'; decisionId: string } | Refusal> {
  const done = await runStatement(asked)
  return done.state === 'done' ? { state: 'answered', decisionId: done.decisionId } : done
}

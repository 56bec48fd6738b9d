import type { Request } from '../../gateway/query.ts'
import { startTransfer, type TransferRequest } from '../../gateway/transfer.ts'
import { Failure } from '../../model/failure.ts'
import type { RunningTransfer } from '../../model/job.ts'
import type { Principal } from '../../model/principal.ts'
import { readStrictly } from '../read-strictly.ts'
import type { BigQueryDesk } from './desk.ts'
import { type TransferKind, transferInsertions } from './job-insertion.ts'
import { jobResource } from './job-resource.ts'
import { type Answer, describeCall } from './method.ts'
import { spared, withoutNulls } from './spared.ts'
import { copyOf, extractOf, loadOf } from './transfer-config.ts'

/** Who asks for a job, and where. */
export type JobCall = {
  readonly path: { readonly project: string }
  readonly body: unknown
  readonly request: Request
  readonly principal: Principal
  readonly desk: BigQueryDesk
}

/** A transfer as it was asked for: the request that it is to the gateway, and what its owner is shown of it. */
export type AskedTransfer = {
  readonly request: TransferRequest
  readonly id?: string
  readonly configuration: Readonly<Record<string, unknown>>
}

/** The configuration of a load, copy or extract job, out of the fields that are known. */
export function readTransfer(kind: TransferKind, call: JobCall): AskedTransfer {
  const { configuration, transfer, jobReference } = known(kind, call)
  const { project, jobId, location } = newJob(jobReference, call)
  const { labels, jobTimeoutMs, dryRun: _, ...shown } = configuration
  const limits = jobTimeoutMs === undefined || jobTimeoutMs === 0 ? undefined : { timeoutMs: jobTimeoutMs }
  return {
    request: {
      ...{ ...call.request, project, transfer, text: describeCall('jobs.insert', shown) },
      ...spared({ location, labels, limits, jobId }),
    },
    ...(jobId === undefined ? {} : { id: jobId }),
    configuration: { ...shown, jobType: kind.toUpperCase(), ...spared({ labels }) },
  }
}

function known(kind: TransferKind, { path: { project }, ...call }: JobCall) {
  const body = withoutNulls(call.body)
  switch (kind) {
    case 'load': {
      const { configuration, jobReference = {} } = readStrictly(transferInsertions.load, body, 'body')
      return { configuration, jobReference, transfer: loadOf(configuration.load, project) }
    }
    case 'copy': {
      const { configuration, jobReference = {} } = readStrictly(transferInsertions.copy, body, 'body')
      return { configuration, jobReference, transfer: copyOf(configuration.copy, project) }
    }
    case 'extract': {
      const { configuration, jobReference = {} } = readStrictly(transferInsertions.extract, body, 'body')
      return { configuration, jobReference, transfer: extractOf(configuration.extract, project) }
    }
  }
}

type JobReference = { readonly projectId?: string; readonly jobId?: string; readonly location?: string }

/** Where a job will be, under a name that its owner has not used before. */
export function newJob({ projectId, jobId, location }: JobReference, { path: { project }, principal, desk }: JobCall) {
  if ((projectId ?? project) !== project) {
    throw new Failure('request_invalid', { detail: 'The job is of another project.' })
  }
  if (jobId !== undefined && desk.jobs.find(principal, project, jobId) !== undefined) {
    throw new Failure('warehouse_duplicate', { detail: `Already Exists: Job ${project}:${jobId}.` })
  }
  return { project, jobId, location }
}

/** Starts a transfer whose rows are in BigQuery or in Cloud Storage. */
export async function beginTransfer(asked: AskedTransfer, { desk }: JobCall): Promise<Answer> {
  const { kind, uris } = asked.request.transfer
  if (kind === 'load' && uris.length === 0) {
    throw new Failure('request_invalid', { detail: 'sourceUris: a load without an upload needs some.' })
  }
  const started = await startTransfer(asked.request, desk.ports)
  return started.state === 'running' ? answerWithJob(started.job, asked, desk) : started
}

export function answerWithJob(
  job: RunningTransfer,
  { id = job.ref.jobId, configuration }: AskedTransfer,
  desk: BigQueryDesk,
): Extract<Answer, { state: 'answered' }> {
  const entry = { id, job, configuration }
  desk.jobs.put(entry)
  return { state: 'answered', body: jobResource(entry, desk), decisionId: job.decision.id }
}

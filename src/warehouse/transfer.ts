import type { TransferPort } from '../gateway/transfer-port.ts'
import type { RunningTransfer, RunningTransferFacts } from '../model/job.ts'
import type { TransferStarted } from '../model/session-event.ts'
import type { Content } from '../model/transfer.ts'
import { alterDefinition } from './alter-definition.ts'
import { type ApiClient, abortFailure } from './client.ts'
import { insertJob } from './insert-job.ts'
import { insertRows } from './insert-rows.ts'
import type { SendBytes } from './send-bytes.ts'
import { transferRequest } from './transfer-request.ts'
import { transferState } from './transfer-state.ts'
import { openPartsUpload, sendWhole } from './upload.ts'

/** Moves rows without SQL: load, copy and extract jobs, files that are uploaded, and streamed rows. */
export function openTransfers(call: ApiClient, send: SendBytes): TransferPort {
  return {
    start: async ({ event }, signal) => {
      if (signal.aborted) throw abortFailure(signal)
      await insertJob(call, { job: event.job, requestId: event.origin.requestId }, transferRequest(event))
      return jobOf(event)
    },
    startWith: async ({ event }, content, signal) => jobOf(event, await sendWhole(send, event, content, signal)),
    openUpload: ({ event }, signal) => openPartsUpload(send, event, content => jobOf(event, content), signal),
    look: (job, signal) => transferState(call, job.ref, signal),
    insertRows: ({ event }, body, signal) => insertRows(send, event, body, signal),
    alter: ({ event }, signal) => alterDefinition(call, send, event, signal),
  }
}

function jobOf(started: TransferStarted, content?: Content): RunningTransfer {
  const { job, principal, origin, statement, decision, at } = started
  const transfer = content === undefined ? statement.transfer : { ...statement.transfer, content }
  const sent = { ...statement, transfer }
  const facts: RunningTransferFacts = { ref: job, principal, origin, statement: sent, decision, startedAt: at }
  return facts as RunningTransfer
}

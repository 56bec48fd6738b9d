import type { Decision } from '../model/decision.ts'
import type { RunningTransfer } from '../model/job.ts'
import type { Recorded, TransferStarted } from '../model/session-event.ts'
import type { Transfer } from '../model/transfer.ts'
import { closingFailures } from './close-failed.ts'
import { closeWithoutRows } from './close-without-rows.ts'
import { decideTransfer } from './decide-transfer.ts'
import { isNameTaken, jobOf, nameTaken } from './job-seed.ts'
import { openTransferVisit } from './open-visit.ts'
import type { Refusal } from './outcome.ts'
import type { Ports } from './ports.ts'
import type { Request, Visit } from './query.ts'
import { tightest } from './tightest-limits.ts'
import type { RowProblem, Upload } from './transfer-port.ts'

/** A request to move rows without SQL. */
export type TransferRequest = Request & {
  readonly transfer: Transfer
  /** What was asked for, in words, for the record. */
  readonly text: string
  readonly project: string
  readonly location?: string
  readonly labels?: Readonly<Record<string, string>>
  readonly limits?: { readonly timeoutMs?: number }
  /** The client's own id for its job. */
  readonly jobId?: string
}

type Running = { readonly state: 'running'; readonly job: RunningTransfer }

/** Starts a load, copy or extract job: decided and on record before anything is sent. */
export function startTransfer(request: TransferRequest, ports: Ports): Promise<Refusal | Running> {
  return transferring(request, ports, async ({ started, visit }) => {
    return { state: 'running', job: await ports.transfers.start(started, visit.signal) }
  })
}

/** The same for a load whose file comes along. */
export function startUpload(
  request: TransferRequest,
  content: AsyncIterable<Uint8Array>,
  ports: Ports,
): Promise<Refusal | Running> {
  return transferring(request, ports, async ({ started, visit }) => {
    return { state: 'running', job: await ports.transfers.startWith(started, content, visit.signal) }
  })
}

export type OpenUpload = {
  readonly state: 'open'
  readonly upload: Upload
  readonly started: Recorded<TransferStarted>
}

/** The same for a load whose file will come in parts. */
export function openUpload(request: TransferRequest, ports: Ports): Promise<Refusal | OpenUpload> {
  return transferring(request, ports, async ({ started, visit }) => {
    return { state: 'open', upload: await ports.transfers.openUpload(started, visit.signal), started }
  })
}

type Inserted = { readonly state: 'inserted'; readonly problems: readonly RowProblem[]; readonly decision: Decision }

/** Streams rows into a table. There is no job to ask for, so the request is closed at once. */
export function insertRows(
  request: TransferRequest,
  { rowCount, body }: { readonly rowCount: number; readonly body: Uint8Array },
  ports: Ports,
): Promise<Refusal | Inserted> {
  return transferring(request, ports, async ({ started, visit, decision }) => {
    const problems = await ports.transfers.insertRows(started, body, visit.signal)
    const { principal, origin, job, statement, at: startedAt } = started.event
    const statistics = { affectedRows: rowCount - problems.length }
    await closeWithoutRows({ principal, origin, job, statement, startedAt, statistics }, ports)
    return { state: 'inserted', problems, decision }
  })
}

type Begun = { readonly started: Recorded<TransferStarted>; readonly visit: Visit; readonly decision: Decision }

export async function transferring<T>(
  request: TransferRequest,
  ports: Ports,
  send: (begun: Begun) => Promise<T>,
): Promise<Refusal | T> {
  const visit = await openTransferVisit(request, ports)
  return closingFailures(visit, ports, async () => {
    const job = jobOf(request, visit, ports)
    const [decided, isTaken] = await Promise.all([
      decideTransfer(request.transfer, visit, ports),
      isNameTaken(request, job, ports, visit.signal),
    ])
    if (decided.state !== 'allowed') return decided
    if (isTaken) throw nameTaken()
    const { statement, decision } = decided
    const { principal, origin, asked } = visit
    const started = await ports.record<TransferStarted>({
      ...{ type: 'started', at: ports.now(), principal, origin, asked, statement, decision },
      limits: tightest(decision.limits, request.limits, ports.settings),
      job,
    })
    return send({ started, visit, decision })
  })
}

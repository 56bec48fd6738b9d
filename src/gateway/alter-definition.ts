import type { Decision } from '../model/decision.ts'
import { closeWithoutRows } from './close-without-rows.ts'
import type { Refusal } from './outcome.ts'
import type { Ports } from './ports.ts'
import { type TransferRequest, transferring } from './transfer.ts'

type Altered = { readonly state: 'altered'; readonly decision: Decision }

/** Changes the definition of a table or a dataset without SQL: decided and on record before it is sent, and closed at once. */
export function alterDefinition(request: TransferRequest, ports: Ports): Promise<Refusal | Altered> {
  return transferring(request, ports, async ({ started, visit, decision }) => {
    await ports.transfers.alter(started, visit.signal)
    const { principal, origin, job, statement, at: startedAt } = started.event
    await closeWithoutRows({ principal, origin, job, statement, startedAt, statistics: {} }, ports)
    return { state: 'altered', decision }
  })
}

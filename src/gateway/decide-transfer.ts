import type { Decision } from '../model/decision.ts'
import { Failure } from '../model/failure.ts'
import type { StatementFacts, TransferFacts } from '../model/statement.ts'
import type { Transfer } from '../model/transfer.ts'
import { refuseHiddenRows } from '../sql/statement/destination.ts'
import type { Refusal } from './outcome.ts'
import type { Ports } from './ports.ts'
import type { Visit } from './query.ts'
import { questionAbout } from './question.ts'
import { refuse } from './refuse.ts'
import { tellable } from './tellable.ts'
import { describeTransfer } from './transfer-facts.ts'

type Allowed = { readonly state: 'allowed'; readonly statement: TransferFacts; readonly decision: Decision }

/** Moving rows is free of charge, whatever is moved. */
const noCost = { bytesProcessed: 0, accuracy: 'precise' } as const

/** Asks policy whether rows may move. What it would mask or filter cannot move without SQL: it is refused. */
export async function decideTransfer(transfer: Transfer, visit: Visit, ports: Ports): Promise<Allowed | Refusal> {
  const { statement, named, failure } = await describeTransfer(transfer, visit, ports)
  const first = await ports.decide(questionAbout(visit, statement, ports))
  const decision = first.needs.includes('estimate')
    ? await ports.decide(questionAbout(visit, statement, ports, noCost))
    : first
  if (decision.effect !== 'allow') {
    const told = await tellable({ statement, decision }, named, visit, ports)
    return refuse(visit, told.statement, told.decision, ports)
  }
  if (failure !== undefined) throw failure
  refuseProtected(statement, decision)
  refuseHiddenRows(transfer.destination, decision)
  if (transfer.kind === 'extract') refuseUnboundedExtract(decision)
  return { state: 'allowed', statement, decision }
}

function refuseProtected({ tables }: StatementFacts, { masks, rowFilters }: Decision): void {
  const found = tables.find(({ id, access }) => {
    return access.includes('read') && ((masks.get(id)?.size ?? 0) > 0 || (rowFilters.get(id) ?? []).length > 0)
  })
  if (found === undefined) return
  throw new Failure('cannot_govern', {
    detail: `${found.id} is masked or filtered for you, and its rows would move as they are.`,
    next: 'Send a query instead: CREATE TABLE … AS SELECT, or a query with a destination, can be masked and filtered.',
  })
}

/** What a policy wants counted or looked for in rows is done where rows are answered, or written into SQL. */
function refuseUnboundedExtract({ limits, obligations }: Decision): void {
  const isWatched = obligations.some(({ kind }) => kind === 'detect')
  if (limits.maxRows === undefined && !isWatched) return
  throw new Failure('cannot_govern', {
    detail: 'Your policy bounds or scans the rows that leave, and an extract job writes whole tables.',
    next: 'Query the rows instead.',
  })
}

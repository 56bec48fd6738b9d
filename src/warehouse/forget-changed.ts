import type { WarehousePort } from '../gateway/ports.ts'
import type { TransferPort } from '../gateway/transfer-port.ts'
import type { Access, StatementFacts } from '../model/statement.ts'
import type { TableRef } from '../model/table-ref.ts'

const harmless: ReadonlySet<Access> = new Set(['read', 'metadata', 'export'])

/** A warehouse whose catalog knows at once what a job of its own has changed: when it begins, and when it is seen to end. */
export function forgettingChanges(port: WarehousePort, forget: (changed: TableRef) => void): WarehousePort {
  const forgetChanged = forgetter(forget)
  return {
    ...port,
    async execute(started, ...rest) {
      const job = await port.execute(started, ...rest)
      forgetChanged(job.statement)
      return job
    },
    async page(job, ...rest) {
      const page = await port.page(job, ...rest)
      forgetChanged(job.statement)
      return page
    },
    async pageWithin(job, ...rest) {
      const page = await port.pageWithin(job, ...rest)
      if (page !== undefined) forgetChanged(job.statement)
      return page
    },
  }
}

/** The same for rows that move without SQL. */
export function forgettingTransfers(port: TransferPort, forget: (changed: TableRef) => void): TransferPort {
  const forgetChanged = forgetter(forget)
  return {
    ...port,
    async look(job, signal) {
      const statistics = await port.look(job, signal)
      if (statistics !== undefined) forgetChanged(job.statement)
      return statistics
    },
    async insertRows(started, ...rest) {
      const problems = await port.insertRows(started, ...rest)
      forgetChanged(started.event.statement)
      return problems
    },
    async alter(started, signal) {
      await port.alter(started, signal)
      forgetChanged(started.event.statement)
    },
  }
}

function forgetter(forget: (changed: TableRef) => void) {
  return ({ tables }: Pick<StatementFacts, 'tables'>) => {
    for (const { ref, access } of tables) if (access.some(one => !harmless.has(one))) forget(ref)
  }
}

import { type CatalogTable, nothingWanted } from '../model/catalog.ts'
import type { Decision, GuardedFilter, MaskKind } from '../model/decision.ts'
import { Failure } from '../model/failure.ts'
import type { Finished, Recorded } from '../model/session-event.ts'
import type { Statement } from '../model/statement.ts'
import { type TableId, tableId } from '../model/table-ref.ts'
import { closingFailures } from './close-failed.ts'
import { openMetadataVisit } from './open-visit.ts'
import type { Refusal } from './outcome.ts'
import type { Ports } from './ports.ts'
import type { Request } from './query.ts'
import { questionAbout } from './question.ts'
import { readStatement } from './read-statement.ts'
import { refuseUnderstood } from './refuse-understood.ts'

export type DescribeTable = Request & { readonly project?: string; readonly dataset: string; readonly table: string }

/** A mask that the caller would meet: on `column` of the relation, coming from the base column `source`. */
export type MaskedColumn = { readonly column: string; readonly source: string; readonly mask: MaskKind }

export type TableDescription = {
  readonly state: 'visible'
  readonly table: CatalogTable
  readonly masks: readonly MaskedColumn[]
  readonly filters: readonly { readonly table: TableId; readonly filter: GuardedFilter }[]
  readonly recorded: Recorded<Finished>
}

/** A relation as the caller would read all of it. Closed and absent relations are refused alike, as a query on them is. */
export async function describeTable(request: DescribeTable, ports: Ports): Promise<TableDescription | Refusal> {
  const ref = { project: request.project ?? ports.settings.project, dataset: request.dataset, table: request.table }
  const visit = await openMetadataVisit(request, `SELECT * FROM \`${tableId(ref)}\``, ports)
  return closingFailures(visit, ports, async () => {
    const reading = await readStatement(visit, ports)
    if (reading.state === 'refused') return reading.refusal
    const { statement } = reading.analyzed
    const decision = await ports.decide(questionAbout(visit, statement, ports))
    if (decision.effect !== 'allow') return refuseUnderstood(reading, decision, ports)

    const { principal, origin, asked, beganAt } = visit
    const at = ports.now()
    const durationMs = at.getTime() - beganAt.getTime()
    const event = { at, principal, origin, asked, statement, decision, statistics: {}, rowsDelivered: 0, durationMs }
    const recorded = await ports.record({ ...event, type: 'finished' })
    const table = await catalogTable(ref, ports, visit.signal)
    return { state: 'visible', table, recorded, masks: masksMet(statement, decision), filters: filtersMet(decision) }
  })
}

async function catalogTable(ref: CatalogTable['ref'], ports: Ports, signal: AbortSignal): Promise<CatalogTable> {
  const snapshot = await ports.catalog.snapshot({ ...nothingWanted, tables: [ref] }, signal)
  const entry = snapshot.tables.get(tableId(ref))
  if (entry?.state === 'found') return entry.table
  throw new Failure('unknown_name', { detail: `There is no table ${tableId(ref)}.`, suggestions: entry?.nearest ?? [] })
}

function masksMet(statement: Statement, decision: Decision): MaskedColumn[] {
  return statement.outputs.flatMap(output =>
    output.lineage.flatMap(source => {
      const mask = maskOf(source, decision)
      return mask === undefined ? [] : [{ column: output.name, source, mask }]
    }),
  )
}

function maskOf(source: string, decision: Decision): MaskKind | undefined {
  for (const [table, columns] of decision.masks) {
    if (source.startsWith(`${table}.`)) return columns.get(source.slice(table.length + 1))?.kind
  }
  return undefined
}

function filtersMet(decision: Decision): TableDescription['filters'] {
  return [...decision.rowFilters].flatMap(([table, filters]) => filters.map(filter => ({ table, filter })))
}

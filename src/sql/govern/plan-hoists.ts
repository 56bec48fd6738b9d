import type { CommonTable } from '../../googlesql/ast/query.ts'
import type { TableReference } from '../../googlesql/ast/table.ts'
import { print } from '../../googlesql/print/print.ts'
import type { DecisionFacts } from '../../model/decision.ts'
import type { TableId } from '../../model/table-ref.ts'
import type { Context, ExpandedView } from '../resolve/context.ts'
import type { Scan } from '../resolve/relation.ts'
import { subquery } from './build.ts'
import { formOf, hoisted, type Protection, type ScanForm, tableNamed } from './hoist.ts'
import { replaceReferences } from './references.ts'

/** A WITH entry that was added; without `view` it holds the one scan of `scan`. */
export type Hoist = {
  readonly name: string
  readonly entry: CommonTable
  readonly scan: Scan
  readonly isView: boolean
}

/** Entries for protected tables and for views, and which of them each reference becomes. */
export type HoistPlan = {
  readonly hoists: readonly Hoist[]
  /** The name that stands for a reference; undefined where the table itself is read. */
  readonly nameFor: (node: TableReference) => string | undefined
}

type Protections = Pick<DecisionFacts, 'masks' | 'rowFilters'>

/** Plans an entry for each protected table, and one more for each other time or sample that is asked of it. */
export function planHoists(context: Context, decision: Protections, freshName: () => string): HoistPlan {
  const tables = new Map<string, Hoist>()
  const byReference = new Map<TableReference, string>()
  for (const [node, resolution] of context.resolutions) {
    if (resolution.kind !== 'base') continue
    const { scan } = resolution
    const protection = protectionOf(scan.id, decision)
    if (protection === undefined) continue
    const form = formOf(node)
    const key = JSON.stringify([scan.id, form.systemTime && print(form.systemTime), form.samples.map(print)])
    const hoist = tables.get(key) ?? tableHoist(freshName(), scan, form, protection)
    tables.set(key, hoist)
    byReference.set(node, hoist.name)
  }
  const views = new Map([...context.views.keys()].map(id => [id, freshName()]))
  const nameFor = (node: TableReference): string | undefined => {
    const resolution = context.resolutions.get(node)
    return resolution?.kind === 'view' ? views.get(resolution.view.scan.id) : byReference.get(node)
  }
  const viewHoists = [...context.views].map(([id, view]) => {
    return viewHoist(views.get(id) ?? '', view, context, nameFor, protectionOf(id, decision))
  })
  return { hoists: [...tables.values(), ...viewHoists], nameFor }
}

export function protectionOf(id: TableId, { masks, rowFilters }: Protections): Protection | undefined {
  const own = masks.get(id)
  const filters = rowFilters.get(id) ?? []
  return (own?.size ?? 0) === 0 && filters.length === 0 ? undefined : { masks: own, filters }
}

function tableHoist(name: string, scan: Scan, form: ScanForm, protection: Protection): Hoist {
  return { name, scan, isView: false, entry: hoisted(name, scan, tableNamed(scan.id, undefined, form), protection) }
}

/** A view's query with its own references replaced; around it, the columns of the view and what the policy puts on them. */
function viewHoist(
  name: string,
  { scan, query }: ExpandedView,
  context: Context,
  nameFor: HoistPlan['nameFor'],
  protection: Protection = { masks: undefined, filters: [] },
): Hoist {
  const source = subquery(replaceReferences(query, context, nameFor))
  return { name, scan, isView: true, entry: hoisted(name, scan, source, protection) }
}

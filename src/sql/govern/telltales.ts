import type { Script } from '../../googlesql/ast/script.ts'
import { nodesOf } from '../../googlesql/walk.ts'
import type { DecisionFacts } from '../../model/decision.ts'
import { Failure } from '../../model/failure.ts'
import type { Part } from '../part.ts'
import type { Scan } from '../resolve/relation.ts'
import { protectionOf } from './plan-hoists.ts'
import { filterColumns } from './row-filter.ts'

type Duties = Pick<DecisionFacts, 'masks' | 'rowFilters'>

/** What would tell a script of values and rows that its author may not see, or take the place of a filter's column. */
export function refuseTelltales(tree: Script, parts: readonly Part[], duties: Duties): void {
  const scans = parts.flatMap(({ context }) => [...context.scans.values(), ...context.targets.map(({ scan }) => scan)])
  const guarded = scans.find(({ id }) => protectionOf(id, duties) !== undefined)
  if (guarded === undefined) return
  if (parts.some(({ context }) => context.features.has('system_variable'))) {
    throw new Failure('cannot_govern', {
      detail: `${guarded.id} is masked or filtered for you, and @@ variables tell of the rows and values behind that.`,
      next: 'Leave out the @@ variables.',
    })
  }
  refuseNamesOfFilters(tree, scans, duties)
}

/** A column comes before a variable, unless it is gone when the script runs: then the filter would test the variable. */
function refuseNamesOfFilters(tree: Script, scans: readonly Scan[], { rowFilters }: Duties): void {
  const declared = [
    ...nodesOf(tree, 'Declare').flatMap(({ names }) => names),
    ...nodesOf(tree, 'ForIn').map(({ variable }) => variable),
  ]
  if (declared.length === 0) return
  const filters = [...new Set(scans.map(({ id }) => id))].flatMap(id => rowFilters.get(id) ?? [])
  const columns = new Set(filters.flatMap(({ condition }) => filterColumns(condition)).map(name => name.toLowerCase()))
  const taken = declared.find(({ text }) => columns.has(text.toLowerCase()))
  if (taken === undefined) return
  throw new Failure('cannot_govern', {
    detail: `The variable ${taken.text} has the name of a column that decides which rows you see.`,
    next: 'Give the variable another name.',
  })
}

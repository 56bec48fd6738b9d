import type { Query } from '../../googlesql/ast/query.ts'
import { parseStatement } from '../../googlesql/parse/parse.ts'
import { SyntaxFailure } from '../../googlesql/syntax-failure.ts'
import { nodesOf } from '../../googlesql/walk.ts'
import type { CatalogTable } from '../../model/catalog.ts'
import { Failure } from '../../model/failure.ts'
import { tableId } from '../../model/table-ref.ts'
import { type Context, type Environment, type ExpandedView, resolveQuery } from './context.ts'
import { baseColumns, sameValue } from './leaves.ts'
import type { Column, Relation, Scan } from './relation.ts'
import { scanOf } from './scan.ts'

/** BigQuery's own bound. */
const maxViewDepth = 16

/** A view, read as its query in the view's own place: no name of the query around it reaches into it. */
export function expandView(table: CatalogTable, context: Context): ExpandedView {
  const id = tableId(table.ref)
  const scan = scanOf(table, context)
  const known = context.views.get(id)
  if (known !== undefined) return known
  if (context.within.includes(id) || context.within.length >= maxViewDepth) {
    throw new Failure('cannot_govern', { detail: `The view ${id} leads to itself, or too deep.` })
  }
  const query = viewQuery(table, id)
  const env: Environment = {
    context: { ...context, within: [...context.within, id] },
    defaults: { project: table.ref.project },
    commonTables: undefined,
    outer: undefined,
    variables: [],
  }
  const view = { scan, query, relation: asDeclared(resolveQuery(query, env), scan, id) }
  context.views.set(id, view)
  return view
}

/** The query in a view's definition. Throws `cannot_govern` for one that cannot stand inside another query. */
export function viewQuery(table: CatalogTable, id = tableId(table.ref)): Query {
  const statement = parseView(table.viewQuery ?? '', id)
  if (statement.kind !== 'QueryStatement') {
    throw new Failure('cannot_govern', { detail: `The view ${id} is not defined by a query.` })
  }
  if (nodesOf(statement, 'WithClause').some(clause => clause.recursive)) {
    const detail = `The view ${id} has a recursive WITH, which BigQuery allows at the top of a query only.`
    throw new Failure('cannot_govern', { detail })
  }
  return statement.query
}

function parseView(text: string, id: string) {
  try {
    return parseStatement(text)
  } catch (thrown) {
    if (!(thrown instanceof SyntaxFailure)) throw thrown
    throw new Failure(
      'cannot_govern',
      { detail: `The definition of the view ${id} is not understood.` },
      { cause: thrown },
    )
  }
}

/** A view's columns have the names and types that were declared; each is the column of the view and what is behind it. */
function asDeclared(produced: Relation, scan: Scan, id: string): Relation {
  const inner = produced.columns.filter(column => column.isPseudo !== true)
  const declared = baseColumns(scan)
  if (inner.length !== declared.length) {
    throw new Failure('cannot_govern', { detail: `The view ${id} has other columns than when it was made.` })
  }
  const columns = declared.flatMap((column, index): Column[] => {
    const behind = inner[index]
    return behind === undefined ? [] : [{ ...sameValue([column, behind], column.type), name: column.name }]
  })
  return { columns }
}

import type { Expression } from '../../googlesql/ast/expression.ts'
import type { Node } from '../../googlesql/ast/node.ts'
import type { Query } from '../../googlesql/ast/query.ts'
import type { Statement } from '../../googlesql/ast/statement.ts'
import { parseScript, parseStatement, parseWholeExpression } from '../../googlesql/parse/parse.ts'
import { SyntaxFailure } from '../../googlesql/syntax-failure.ts'
import { nodesOf } from '../../googlesql/walk.ts'
import { type CatalogRoutine, routineName } from '../../model/catalog.ts'
import { Failure } from '../../model/failure.ts'

/** The expression of a SQL function: a tree of its own for each call, so that what is found in it belongs to that call. */
export function functionBody(routine: CatalogRoutine): Expression {
  const body = understood(routine, () => parseWholeExpression(routine.body))
  refuseParameters(body, routine)
  return body
}

/** The query of a SQL table function. */
export function tableFunctionBody(routine: CatalogRoutine): Query {
  const statement = understood(routine, () => parseStatement(routine.body))
  if (statement.kind !== 'QueryStatement') throw unfit(routine, 'is not defined by a query')
  if (nodesOf(statement, 'WithClause').some(clause => clause.recursive)) {
    throw unfit(routine, 'has a recursive WITH, which BigQuery allows at the top of a query only')
  }
  refuseParameters(statement, routine)
  return statement.query
}

/** The statements of a SQL procedure: what BEGIN and END stand around, or all there is. */
export function procedureBody(routine: CatalogRoutine): readonly Statement[] {
  if (routine.language !== 'sql') throw unfit(routine, 'is not written in SQL, so that what it does cannot be checked')
  if (routine.body.trim() === '') return []
  const script = understood(routine, () => parseScript(routine.body))
  refuseParameters(script, routine)
  const [only, second] = script.statements
  const isBlock =
    only?.kind === 'Block' && second === undefined && only.handler === undefined && only.label === undefined
  return isBlock ? only.statements : script.statements
}

/** A parameter of the query is none of the routine's: in its body the name would mean what the caller sent. */
function refuseParameters(body: Node, routine: CatalogRoutine): void {
  const kinds = ['NamedParameter', 'PositionalParameter'] as const
  if (kinds.some(kind => nodesOf(body, kind).length > 0)) throw unfit(routine, 'names a parameter of the query')
}

function understood<T>(routine: CatalogRoutine, parse: () => T): T {
  try {
    return parse()
  } catch (thrown) {
    if (!(thrown instanceof SyntaxFailure)) throw thrown
    const detail = `The definition of the routine ${routineName(routine)} is not understood.`
    throw new Failure('cannot_govern', { detail }, { cause: thrown })
  }
}

export function unfit(routine: CatalogRoutine, why: string): Failure {
  return new Failure('cannot_govern', { detail: `The routine ${routineName(routine)} ${why}.` })
}

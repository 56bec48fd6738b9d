import type { Expression } from '../googlesql/ast/expression.ts'
import type { Query } from '../googlesql/ast/query.ts'
import type { Statement } from '../googlesql/ast/statement.ts'
import type { ColumnUse, OutputColumn } from '../model/statement.ts'
import { describeOutputs } from './facts/outputs.ts'
import { type Context, type Environment, resolveExpression, resolveQuery, scopeOf } from './resolve/context.ts'
import { type Column, emptyFrom, realize, type Value } from './resolve/relation.ts'
import { type NamedAt, namedAccesses } from './statement/named-accesses.ts'
import { readStatement } from './statement/read-statement.ts'

export type PartTree = Statement | Query | Expression

/** A statement, a query or an expression of a text that is judged by itself, and all that was found in it. */
export type Part = {
  /** What stands in the text. */
  readonly place: PartTree
  readonly form: 'statement' | 'query' | 'expression'
  /** What was read for it. */
  readonly tree: PartTree
  readonly context: Context
  /** What it names outside of queries. */
  readonly named: readonly NamedAt[]
  /** Variables of the script that it uses. */
  readonly variables: readonly Column[]
  readonly outputs: readonly OutputColumn[]
}

/** What a part yields, for the parts behind it. */
export type PartRead = { readonly part: Part; readonly columns: readonly Column[] }

export function readStatementPart(place: Statement, env: Environment, tree = place): PartRead {
  const columns = readStatement(tree, env)
  const named = namedOutside(tree, env)
  for (const { path: _path, isTemporary, ...access } of named) if (!isTemporary) env.context.objects.push(access)
  return { part: partOf('statement', place, tree, env, columns, named), columns }
}

/** What a query names it reads, and that is noted already. */
function namedOutside(tree: Statement, { defaults, temporary }: Environment): readonly NamedAt[] {
  if (tree.kind === 'QueryStatement') return []
  return namedAccesses({ kind: 'Script', statements: [tree], at: tree.at }, defaults, temporary)
}

export function readQueryPart(place: Query, env: Environment): PartRead {
  const { columns } = resolveQuery(place, env)
  for (const column of columns) realize(column.reads, 'select')
  return { part: partOf('query', place, place, env, columns, []), columns }
}

/** The name that an expression's value goes by where it is judged as a query. */
export const valueName = 'value'

export function readExpressionPart(place: Expression, env: Environment, use: ColumnUse): { part: Part; value: Value } {
  const value = resolveExpression(place, scopeOf(env, emptyFrom))
  realize(value.reads, use)
  return { part: partOf('expression', place, place, env, [{ ...value, name: valueName }], []), value }
}

function partOf(
  form: Part['form'],
  place: PartTree,
  tree: PartTree,
  { context, variables }: Environment,
  columns: readonly Column[],
  named: readonly NamedAt[],
): Part {
  const used = new Set(context.variableUses.values())
  const own = variables.filter(variable => used.has(variable))
  return { place, form, tree, context, named, variables: own, outputs: describeOutputs(columns) }
}

/** A tree that stands for the part is of its form. */
export function isExpression(_tree: PartTree, { form }: Pick<Part, 'form'>): _tree is Expression {
  return form === 'expression'
}

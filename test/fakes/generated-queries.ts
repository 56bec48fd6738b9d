import fc from 'fast-check'
import type { Expression } from '../../src/googlesql/ast/expression.ts'
import type { PipeOperator } from '../../src/googlesql/ast/pipe.ts'
import type { Query, QueryBody, Select, SelectItem } from '../../src/googlesql/ast/query.ts'
import type { Join, TableExpression } from '../../src/googlesql/ast/table.ts'
import { at, expressions, few, maybe, name, node, orderItems, path } from './generated-expressions.ts'

const none = fc.constant(undefined)

/** The innermost query that an expression holds: SELECT 1. */
const leafQuery: fc.Arbitrary<Query> = fc.constant({
  ...{ kind: 'Query', with: undefined, orderBy: [], limit: undefined, pipes: [], at },
  body: {
    ...{ kind: 'Select', privacy: undefined, distinct: false, as: undefined, from: undefined, where: undefined, at },
    ...{ groupBy: undefined, having: undefined, qualify: undefined, windows: [] },
    items: [{ kind: 'ExpressionItem', value: { kind: 'NullLiteral', at }, alias: undefined, at }],
  },
})

/** Trees of queries as the parser can yield them, places aside. */
export const queries: fc.Arbitrary<Query> = fc.letrec<{ query: Query }>(tie => {
  const inner = expressions(leafQuery, 1)
  const table = tables(inner, tie('query'))
  return { query: fc.oneof({ maxDepth: 2 }, queryOf(inner, table, undefined), queryOf(inner, table, tie('query'))) }
}).query

export const generatedExpressions = expressions(leafQuery, 4)

function queryOf(
  of: fc.Arbitrary<Expression>,
  table: fc.Arbitrary<TableExpression>,
  inner: fc.Arbitrary<Query> | undefined,
): fc.Arbitrary<Query> {
  const select: fc.Arbitrary<QueryBody> = selects(of, table)
  const input = inner === undefined ? select : fc.oneof(select, nestedQueries(inner))
  const full = {
    with: inner === undefined ? none : maybe(withClauses(inner)),
    orderBy: few(orderItems(of)),
    limit: maybe(node('Limit', { count: of, offset: maybe(of) })),
    pipes: few(pipes(of, table)),
  }
  // Behind FROM alone only pipe operators may follow.
  const piped = { ...full, body: node('FromQuery', { from: table }), orderBy: fc.constant([]), limit: none }
  return fc.oneof(
    node('Query', { ...full, body: fc.oneof(input, setOperations(input)) }),
    node('Query', piped),
  ) as fc.Arbitrary<Query>
}

function nestedQueries(query: fc.Arbitrary<Query>): fc.Arbitrary<QueryBody> {
  return node('NestedQuery', { query, alias: none }) as fc.Arbitrary<QueryBody>
}

function withClauses(query: fc.Arbitrary<Query>) {
  const entry = node('CommonTable', { name, query, depth: none })
  return node('WithClause', { recursive: fc.boolean(), entries: few(entry, 1) })
}

function setOperations(input: fc.Arbitrary<QueryBody>): fc.Arbitrary<QueryBody> {
  const operator = (type: string) =>
    node('SetOperator', {
      type: fc.constant(type),
      rows: fc.constantFrom('ALL', 'DISTINCT'),
      match: none,
      columns: fc.constant([]),
      outer: none,
      strict: fc.constant(false),
    })
  return fc
    .constantFrom('UNION', 'INTERSECT', 'EXCEPT')
    .chain(type =>
      node('SetOperation', { first: input, steps: few(node('SetStep', { operator: operator(type), input }), 1) }),
    ) as fc.Arbitrary<QueryBody>
}

function expressionItem(of: fc.Arbitrary<Expression>) {
  return node('ExpressionItem', { value: of, alias: maybe(name) })
}

function items(of: fc.Arbitrary<Expression>): fc.Arbitrary<readonly SelectItem[]> {
  const replacement = node('ExpressionItem', { value: of, alias: name })
  const star = node('StarItem', { target: none, except: few(name), replace: few(replacement) })
  return few(fc.oneof(expressionItem(of), star), 1) as fc.Arbitrary<readonly SelectItem[]>
}

function selects(of: fc.Arbitrary<Expression>, table: fc.Arbitrary<TableExpression>): fc.Arbitrary<Select> {
  const key = node('GroupingKey', { value: of, alias: none, direction: none, nulls: none })
  return node('Select', {
    privacy: none,
    distinct: fc.boolean(),
    as: maybe(fc.constantFrom('STRUCT', 'VALUE')),
    items: items(of),
    from: maybe(table),
    where: maybe(of),
    groupBy: maybe(node('GroupBy', { all: fc.constant(false), ordered: fc.constant(false), items: few(key, 1) })),
    having: maybe(of),
    qualify: maybe(of),
    windows: fc.constant([]),
  }) as fc.Arbitrary<Select>
}

function tables(of: fc.Arbitrary<Expression>, query: fc.Arbitrary<Query>): fc.Arbitrary<TableExpression> {
  const offset = maybe(node('WithOffset', { alias: maybe(name) }))
  const postfix = fc.constant([])
  const single = fc.oneof(
    node('TableReference', { path, alias: maybe(name), offset, systemTime: maybe(of), postfix }),
    node('UnnestReference', {
      arrays: few(node('UnnestArray', { value: of, alias: none }), 1),
      ...{ mode: none, alias: maybe(name), offset, postfix },
    }),
    node('SubqueryReference', { lateral: fc.boolean(), query, alias: maybe(name), postfix }),
  ) as fc.Arbitrary<TableExpression>
  return fc.oneof(
    single,
    node('JoinChain', { first: single, joins: few(joins(of, single), 1) }),
  ) as fc.Arbitrary<TableExpression>
}

/** A condition stands behind every join but CROSS, so that each closes its own. */
function joins(of: fc.Arbitrary<Expression>, right: fc.Arbitrary<TableExpression>): fc.Arbitrary<Join> {
  const natural = fc.constant(false)
  const conditional = { type: fc.constantFrom('INNER', 'LEFT', 'RIGHT', 'FULL'), natural, right }
  return fc.oneof(
    node('Join', { type: fc.constant('CROSS'), natural, right, on: none, using: fc.constant([]) }),
    node('Join', { ...conditional, on: of, using: fc.constant([]) }),
    node('Join', { ...conditional, on: none, using: few(name, 1) }),
  ) as fc.Arbitrary<Join>
}

function pipes(of: fc.Arbitrary<Expression>, table: fc.Arbitrary<TableExpression>): fc.Arbitrary<PipeOperator> {
  const single = table.filter(({ kind }) => kind !== 'JoinChain')
  return fc.oneof(
    node('PipeWhere', { condition: of }),
    node('PipeExtend', { items: few(expressionItem(of), 1), windows: fc.constant([]) }),
    node('PipeSet', { items: few(node('PipeAssignment', { column: name, value: of }), 1) }),
    node('PipeDrop', { columns: few(name, 1) }),
    node('PipeRename', { items: few(node('PipeRenaming', { from: name, to: name }), 1) }),
    node('PipeAs', { alias: name }),
    node('PipeLimit', { limit: node('Limit', { count: of, offset: maybe(of) }) }),
    node('PipeOrderBy', { items: few(orderItems(of), 1) }),
    node('PipeDistinct', {}),
    node('PipeJoin', { join: joins(of, single) }),
  ) as fc.Arbitrary<PipeOperator>
}

import fc from 'fast-check'
import type { FunctionCall, Window } from '../../src/googlesql/ast/call.ts'
import type { BinaryOperator, Expression } from '../../src/googlesql/ast/expression.ts'
import type { OrderItem } from '../../src/googlesql/ast/grouping.ts'
import { literalTypes } from '../../src/googlesql/ast/literal.ts'
import type { Identifier, Path } from '../../src/googlesql/ast/name.ts'
import type { Choices } from '../../src/googlesql/ast/predicate.ts'
import type { Query } from '../../src/googlesql/ast/query.ts'
import { synthetic } from '../../src/googlesql/ast/span.ts'
import type { Type } from '../../src/googlesql/ast/type.ts'

/** Every node without a place in a text. */
export const at = synthetic

export const maybe = <T>(of: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> => fc.option(of, { nil: undefined, freq: 3 })
export const few = <T>(of: fc.Arbitrary<T>, minLength = 0) => fc.array(of, { minLength, maxLength: 3 })
export const node = <K extends string, R extends object>(
  kind: K,
  fields: { [Field in keyof R]: fc.Arbitrary<R[Field]> },
) => fc.record(fields).map(record => ({ kind, ...record, at }) as { kind: K; at: typeof at } & R)

const anyText = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.string(),
  fc.constantFrom("'", '\\', '`', '\n', '--', '/*', '\u202e'),
)
const latin1 = fc.array(fc.integer({ min: 0, max: 255 }), { maxLength: 6 }).map(codes => String.fromCharCode(...codes))

/** A name in backticks, whatever stands in it. */
export const name: fc.Arbitrary<Identifier> = fc
  .oneof(fc.constantFrom('a', 'b', 'SELECT', 'from', 'p.d.t', 'DATE'), anyText)
  .map(text => ({ kind: 'Identifier', text: text === '' ? 'x' : text, quoted: true, at }))

/** A word that stands without backticks: functions, types and date parts. */
const wordOf = (...texts: readonly string[]): fc.Arbitrary<Identifier> =>
  fc.constantFrom(...texts).map(text => ({ kind: 'Identifier', text, quoted: false, at }))

const pathOf = (part: fc.Arbitrary<Identifier>): fc.Arbitrary<Path> =>
  fc.tuple(part, few(part)).map(([first, rest]) => ({ kind: 'Path', parts: [first, ...rest], at }))
export const path = pathOf(name)

const literal: fc.Arbitrary<Expression> = fc.oneof(
  fc.constant<Expression>({ kind: 'NullLiteral', at }),
  node('BooleanLiteral', { value: fc.boolean() }),
  node('IntegerLiteral', { text: fc.oneof(fc.nat().map(String), fc.constantFrom('0xFF', '9223372036854775808')) }),
  node('FloatLiteral', { text: fc.constantFrom('1.0', '0.5', '1E10', '2.5E-3') }),
  node('StringLiteral', { value: anyText }),
  node('BytesLiteral', { value: latin1 }),
  node('TypedLiteral', { type: fc.constantFrom(...literalTypes), value: anyText }),
  node('NamedParameter', { name: fc.constantFrom('p', 'select', 'a b') }),
  fc.constant<Expression>({ kind: 'PositionalParameter', at }),
)

const type: fc.Arbitrary<Type> = fc.letrec<{ type: Type }>(tie => ({
  type: fc.oneof(
    { maxDepth: 2 },
    node('NamedType', {
      name: pathOf(wordOf('INT64', 'STRING', 'DATE')).map(
        ({ parts }): Path => ({ kind: 'Path', parts: [parts[0]], at }),
      ),
      parameters: few(node('TypeParameter', { text: fc.constantFrom('10', 'MAX') })),
      collate: fc.constant(undefined),
    }),
    node('ArrayType', { element: tie('type') }),
    node('RangeType', { element: tie('type') }),
    node('StructType', { fields: few(node('StructTypeField', { name: maybe(name), type: tie('type') })) }),
  ),
})).type

const byLevel: readonly (readonly BinaryOperator[])[] = [
  ['|'],
  ['^'],
  ['&'],
  ['<<', '>>'],
  ['+', '-'],
  ['||'],
  ['*', '/'],
]

/** Expressions over a source of queries for the places that hold one. */
export function expressions(query: fc.Arbitrary<Query>, maxDepth: number): fc.Arbitrary<Expression> {
  return fc.letrec<{ expression: Expression }>(tie => ({
    expression: fc.oneof(
      { maxDepth, withCrossShrink: true },
      literal,
      node('PathExpression', { parts: path.map(({ parts }) => parts) }),
      ...operations(tie('expression')),
      ...predicates(tie('expression'), query),
      ...constructions(tie('expression'), query),
      calls(tie('expression')),
    ),
  })).expression
}

function operations(of: fc.Arbitrary<Expression>): readonly fc.Arbitrary<Expression>[] {
  const chain = fc.constantFrom(...byLevel).chain(operators =>
    node('Binary', {
      first: of,
      steps: few(node('BinaryStep', { operator: fc.constantFrom(...operators), operand: of }), 1),
    }),
  )
  const operands = fc.array(of, { minLength: 2, maxLength: 4 })
  return [
    chain,
    node('And', { operands }),
    node('Or', { operands }),
    node('Not', { operand: of }),
    node('Unary', { operator: fc.constantFrom('-', '+', '~'), operand: of }),
    node('FieldAccess', { target: of, field: name }),
    node('ElementAccess', { target: of, accessor: maybe(fc.constantFrom('OFFSET', 'SAFE_ORDINAL', 'KEY')), index: of }),
  ] as readonly fc.Arbitrary<Expression>[]
}

function predicates(of: fc.Arbitrary<Expression>, query: fc.Arbitrary<Query>): readonly fc.Arbitrary<Expression>[] {
  const negated = fc.boolean()
  const operator = fc.constantFrom('=', '!=', '<', '<=', '>', '>=')
  // A list of one subquery reads as that query.
  const items = few(of, 1).filter(([first, ...more]) => more.length > 0 || first?.kind !== 'ScalarSubquery')
  const choices: fc.Arbitrary<Choices> = fc.oneof(
    node('ChoiceList', { items }),
    node('ChoiceQuery', { query }),
    node('ChoiceUnnest', { array: of }),
  )
  return [
    node('Comparison', { operator, left: of, right: of }),
    node('IsDistinctFrom', { negated, left: of, right: of }),
    node('Is', { negated, operand: of, test: fc.constantFrom('NULL', 'TRUE', 'FALSE', 'UNKNOWN') }),
    node('Between', { negated, operand: of, low: of, high: of }),
    node('Like', { negated, operand: of, pattern: of }),
    node('In', { negated, operand: of, choices }),
    node('Quantified', {
      operator: fc.constantFrom('LIKE', 'NOT LIKE', '='),
      quantifier: fc.constantFrom('ANY', 'SOME', 'ALL'),
      operand: of,
      choices,
    }),
  ] as readonly fc.Arbitrary<Expression>[]
}

function constructions(of: fc.Arbitrary<Expression>, query: fc.Arbitrary<Query>): readonly fc.Arbitrary<Expression>[] {
  const arrayType = type.map(element => ({ kind: 'ArrayType', element, at }))
  const unit = wordOf('DAY', 'MONTH', 'YEAR')
  const part = node('DatePart', { name: wordOf('YEAR', 'WEEK'), weekday: maybe(wordOf('MONDAY')) })
  return [
    node('Cast', { safe: fc.boolean(), value: of, type, format: maybe(of), timeZone: fc.constant(undefined) }),
    node('ExtractPart', { part, from: of, timeZone: maybe(of) }),
    node('Interval', { value: of, from: unit, to: maybe(unit) }),
    node('ArrayConstructor', { type: maybe(arrayType), elements: few(of) }),
    node('StructConstructor', {
      type: fc.constant(undefined),
      fields: few(node('StructField', { value: of, alias: maybe(name) })),
    }),
    node('Tuple', { elements: fc.array(of, { minLength: 2, maxLength: 3 }) }),
    node('ScalarSubquery', { query }),
    node('ArraySubquery', { query }),
    node('Exists', { query }),
    node('Case', {
      operand: maybe(of),
      branches: few(node('CaseBranch', { when: of, result: of }), 1),
      otherwise: maybe(of),
    }),
    node('WithExpression', { bindings: few(node('WithBinding', { name, value: of }), 1), result: of }),
  ] as readonly fc.Arbitrary<Expression>[]
}

export function orderItems(of: fc.Arbitrary<Expression>): fc.Arbitrary<OrderItem> {
  return node('OrderItem', {
    value: of,
    collate: fc.constant(undefined),
    direction: maybe(fc.constantFrom('ASC', 'DESC')),
    nulls: maybe(fc.constantFrom('FIRST', 'LAST')),
  })
}

function calls(of: fc.Arbitrary<Expression>): fc.Arbitrary<FunctionCall> {
  const none = fc.constant(undefined)
  const bound = node('FrameBound', { side: fc.constantFrom('PRECEDING', 'FOLLOWING'), distance: maybe(of) })
  const window: fc.Arbitrary<Window> = node('Window', {
    base: none,
    partitionBy: few(of),
    orderBy: few(orderItems(of)),
    frame: maybe(node('Frame', { unit: fc.constantFrom('ROWS', 'RANGE'), start: bound, end: maybe(bound) })),
  })
  return node('FunctionCall', {
    target: none,
    name: pathOf(wordOf('SUM', 'IF', 'net', 'LEFT')),
    safe: fc.boolean(),
    distinct: fc.boolean(),
    args: few(of, 1),
    nulls: maybe(fc.constantFrom('IGNORE', 'RESPECT')),
    ...{ where: none, having: maybe(node('HavingExtreme', { extreme: fc.constantFrom('MAX', 'MIN'), value: of })) },
    ...{ clamp: none, report: none, groupBy: none, groupHaving: none, groupRows: none },
    orderBy: few(orderItems(of)),
    limit: maybe(node('Limit', { count: of, offset: maybe(of) })),
    over: maybe(window),
  }) as fc.Arbitrary<FunctionCall>
}

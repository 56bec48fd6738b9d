import type { FunctionCall } from '../../googlesql/ast/call.ts'
import type { Expression, PathExpression } from '../../googlesql/ast/expression.ts'
import type { LiteralType, StringLiteral, TypedLiteral } from '../../googlesql/ast/literal.ts'
import type { Identifier } from '../../googlesql/ast/name.ts'
import type { ExpressionItem, Query, Select } from '../../googlesql/ast/query.ts'
import { synthetic as at } from '../../googlesql/ast/span.ts'
import type { SubqueryReference } from '../../googlesql/ast/table.ts'
import type { Type } from '../../googlesql/ast/type.ts'
import type { ColumnType } from '../../model/column-type.ts'

// Trees that no client wrote. Everything that governing adds to a query is made here.

export function identifier(text: string): Identifier {
  return { kind: 'Identifier', text, quoted: true, at }
}

export function word(text: string): Identifier {
  return { kind: 'Identifier', text, quoted: false, at }
}

export function path(first: string, ...rest: readonly string[]): PathExpression {
  return { kind: 'PathExpression', parts: [identifier(first), ...rest.map(identifier)], at }
}

export function string(value: string): StringLiteral {
  return { kind: 'StringLiteral', value, at }
}

/** Negative numbers are signed, as literals never are. */
export function integer(value: number | bigint): Expression {
  const literal: Expression = { kind: 'IntegerLiteral', text: String(value < 0 ? -value : value), at }
  return value < 0 ? { kind: 'Unary', operator: '-', operand: literal, at } : literal
}

export function typedLiteral(type: LiteralType, value: string): TypedLiteral {
  return { kind: 'TypedLiteral', type, value, at }
}

export const nullLiteral: Expression = { kind: 'NullLiteral', at }

export function boolean(value: boolean): Expression {
  return { kind: 'BooleanLiteral', value, at }
}

export function call(name: string, ...args: FunctionCall['args']): FunctionCall {
  return {
    kind: 'FunctionCall',
    ...{ target: undefined, name: { kind: 'Path', parts: [word(name)], at }, safe: false, distinct: false, args },
    ...{ nulls: undefined, where: undefined, having: undefined, clamp: undefined, report: undefined },
    ...{ groupBy: undefined, groupHaving: undefined, orderBy: [], limit: undefined, groupRows: undefined },
    ...{ over: undefined, at },
  }
}

export function cast(value: Expression, type: ColumnType): Expression {
  return { kind: 'Cast', safe: false, value, type: typeTree(type), format: undefined, timeZone: undefined, at }
}

export function and(operands: readonly Expression[]): Expression {
  const [only, second] = operands
  return only !== undefined && second === undefined ? only : { kind: 'And', operands, at }
}

export function isNull(operand: Expression, negated = false): Expression {
  return { kind: 'Is', negated, operand, test: 'NULL', at }
}

export function struct(fields: readonly { readonly name: string; readonly value: Expression }[]): Expression {
  return {
    kind: 'StructConstructor',
    type: undefined,
    fields: fields.map(({ name, value }) => ({
      ...{ kind: 'StructField', value, at },
      alias: name === '' ? undefined : identifier(name),
    })),
    at,
  }
}

export function item(value: Expression, alias: string): ExpressionItem {
  return { kind: 'ExpressionItem', value, alias: identifier(alias), at }
}

export function select(parts: Pick<Select, 'items' | 'from'> & Partial<Select>): Select {
  return {
    kind: 'Select',
    ...{ privacy: undefined, distinct: false, as: undefined, where: undefined, groupBy: undefined },
    ...{ having: undefined, qualify: undefined, windows: [], at },
    ...parts,
  }
}

export function query(body: Query['body'], rest: Partial<Query> = {}): Query {
  return { kind: 'Query', with: undefined, body, orderBy: [], limit: undefined, pipes: [], at, ...rest }
}

export function scalarSubquery(inner: Query): Expression {
  return { kind: 'ScalarSubquery', query: inner, at }
}

/** A query in FROM. */
export function subquery(inner: Query, alias?: string): SubqueryReference {
  const named = alias === undefined ? undefined : identifier(alias)
  return { kind: 'SubqueryReference', lateral: false, query: inner, alias: named, postfix: [], at }
}

export function typeTree(type: ColumnType): Type {
  switch (type.kind) {
    case 'scalar':
      return {
        ...{ kind: 'NamedType', name: { kind: 'Path', parts: [word(type.name)], at } },
        ...{ parameters: [], collate: undefined, at },
      }
    case 'array':
      return { kind: 'ArrayType', element: typeTree(type.element), at }
    case 'range':
      return { kind: 'RangeType', element: typeTree(type.element), at }
    case 'struct':
      return {
        kind: 'StructType',
        fields: type.fields.map(({ name, type: inner }) => ({
          ...{ kind: 'StructTypeField', type: typeTree(inner), at },
          name: name === '' ? undefined : identifier(name),
        })),
        at,
      }
  }
}

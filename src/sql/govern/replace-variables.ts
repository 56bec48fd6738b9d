import type { Expression } from '../../googlesql/ast/expression.ts'
import type { Identifier } from '../../googlesql/ast/name.ts'
import type { Node } from '../../googlesql/ast/node.ts'
import { synthetic as at } from '../../googlesql/ast/span.ts'
import { rewrite } from '../../googlesql/rewrite.ts'
import { nodesOf } from '../../googlesql/walk.ts'
import type { Context } from '../resolve/context.ts'
import { impliedName } from '../resolve/expression.ts'
import type { Column } from '../resolve/relation.ts'
import { identifier } from './build.ts'

type Uses = Context['variableUses']

/** How often a tree names a variable. */
export function usesOf(variable: Column, tree: Node, uses: Uses): number {
  return nodesOf(tree, 'PathExpression').filter(path => uses.get(path) === variable).length
}

/** A tree with expressions in the place of variables. What had its name from the variable keeps it. */
export function replaceVariables<N extends Node>(tree: N, values: ReadonlyMap<Column, Expression>, uses: Uses): N {
  if (values.size === 0) return tree
  const valueFor = (path: Node): Expression | undefined => {
    if (path.kind !== 'PathExpression') return undefined
    const variable = uses.get(path)
    return variable && values.get(variable)
  }
  const aliasOf = (value: Expression) => {
    const name = valueFor(value) === undefined ? undefined : impliedName(value)
    return name === undefined ? undefined : identifier(name)
  }
  return rewrite(tree, {
    PathExpression: (node, original) => {
      const value = valueFor(original)
      return value === undefined ? node : fieldOf(value, node.parts.slice(1), uses)
    },
    ExpressionItem: (node, original) => ({ ...node, alias: node.alias ?? aliasOf(original.value) }),
    StructConstructor: (node, original) => {
      if (node.type !== undefined) return node
      const fields = node.fields.map((field, index) => {
        const value = original.fields[index]?.value
        return { ...field, alias: field.alias ?? (value && aliasOf(value)) }
      })
      return { ...node, fields }
    },
  })
}

/** A field of a variable is one of that variable, which may be replaced itself when its own call is. */
function fieldOf(value: Expression, fields: readonly Identifier[], uses: Uses): Expression {
  if (fields.length === 0) return value
  if (value.kind === 'PathExpression') {
    const path = { ...value, parts: [value.parts[0], ...value.parts.slice(1), ...fields] } as const
    const variable = uses.get(value)
    if (variable !== undefined) uses.set(path, variable)
    return path
  }
  return fields.reduce<Expression>((target, field) => ({ kind: 'FieldAccess', target, field, at }), value)
}

/** No query, lambda or WITH in it: every name in it is a variable. */
export function isScopeFree(tree: Node): boolean {
  const kinds = ['Query', 'Lambda', 'WithExpression'] as const
  return kinds.every(kind => nodesOf(tree, kind).length === 0)
}

/** Whether what a tree means depends on where it stands. */
export function hasNames(tree: Node): boolean {
  return nodesOf(tree, 'PathExpression').length + nodesOf(tree, 'TableReference').length > 0
}

/** An expression that costs nothing to evaluate twice. */
export function isLeaf(value: Expression): boolean {
  switch (value.kind) {
    case 'Cast':
      return isLeaf(value.value)
    case 'PathExpression':
    case 'NamedParameter':
    case 'NullLiteral':
    case 'BooleanLiteral':
    case 'IntegerLiteral':
    case 'FloatLiteral':
    case 'StringLiteral':
    case 'BytesLiteral':
    case 'TypedLiteral':
      return true
    default:
      return false
  }
}

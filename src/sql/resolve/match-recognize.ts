import type { MatchRecognize } from '../../googlesql/ast/table.ts'
import { resolveExpression, type Scope } from './context.ts'
import { impliedName } from './expression.ts'
import { resolveOrder } from './grouping.ts'
import { type Column, type Relation, realize } from './relation.ts'
import { relationOf } from './rows.ts'

/** The partition's columns and the measures. Pattern names stand for the rows they match. */
export function matchRecognize(node: MatchRecognize, scope: Scope): Relation {
  const input = relationOf(scope.from)
  const names = node.definitions.map(({ name }) => ({ ...input, name: name.text }))
  const inside: Scope = { ...scope, from: { ...scope.from, ranges: [...names, ...scope.from.ranges] } }
  const partition = node.partitionBy.map((key): Column => {
    const value = resolveExpression(key, scope)
    realize(value.reads, 'group')
    return { ...value, name: impliedName(key) }
  })
  resolveOrder(node.orderBy, scope)
  for (const { condition } of node.definitions) realize(resolveExpression(condition, inside).reads, 'filter')
  const measures = node.measures.map(({ value, alias }): Column => {
    return { ...resolveExpression(value, inside), name: alias.text }
  })
  return { columns: [...partition, ...measures] }
}

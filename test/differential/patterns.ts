import { predicate } from './expressions.ts'
import {
  isGroupable,
  isPartitionable,
  isScalar,
  type Maker,
  type Named,
  quoted,
  type Relation,
  type Scope,
  scalar,
} from './scope.ts'
import type { From } from './sources.ts'

/** Rows of a table matched by MATCH_RECOGNIZE, in an order that only equal rows can change. */
export function matched(maker: Maker, scope: Scope, { text, columns }: Relation): From | undefined {
  const { random } = maker
  const visible = columns.filter(({ name }) => !name.startsWith('_'))
  const keys = visible.filter(({ type }) => isGroupable(type))
  if (keys.length === 0) return undefined
  const alias = maker.alias()
  const order = keys.map(({ name }) => quoted(name)).join(', ')
  const partitions = keys.filter(({ type }) => isPartitionable(type))
  const [partition] = partitions.length > 0 && random.chance(0.5) ? [random.pick(partitions)] : []
  const measures = measuresOf(maker, keys)
  // A definition names columns alone, and holds no query.
  const inside: Scope = { ...scope, sources: [{ alias, columns: keys }], isBare: true, depth: 0 }
  const condition = () => bare(predicate({ ...maker, query: noQuery }, inside, 1), alias)
  const clauses = [
    ...(partition === undefined ? [] : [`PARTITION BY ${quoted(partition.name)}`]),
    `ORDER BY ${order}`,
    `MEASURES ${measures.map(({ text: value, name }) => `${value} AS ${quoted(name)}`).join(', ')}`,
    `PATTERN (${random.pick(['v1+ v2?', 'v1 v2*', 'v1 | v2', '(v1 v2?)+', 'v1{1,2} v2?'])})`,
    `DEFINE v1 AS ${condition()}, v2 AS ${condition()}`,
  ]
  const yielded: readonly Named[] = [
    ...(partition === undefined ? [] : [partition]),
    ...measures.map(({ name, type }) => ({ name, type })),
  ]
  const outer = maker.alias()
  const match = `${text} AS ${quoted(alias)} MATCH_RECOGNIZE (${clauses.join(' ')}) AS ${quoted(outer)}`
  return { text: match, sources: [{ alias: outer, columns: yielded }] }
}

function measuresOf(maker: Maker, keys: readonly Named[]) {
  const { random } = maker
  return Array.from({ length: 1 + random.below(3) }, () => {
    const { name, type } = random.pick(keys)
    const isNumber = isScalar(type, 'INT64') || isScalar(type, 'NUMERIC')
    const functions = ['MIN', 'MAX', 'FIRST', 'LAST', ...(isNumber ? ['SUM'] : [])]
    const of = random.chance(0.3) && isNumber ? `v1.${quoted(name)}` : quoted(name)
    const measure = { text: `${random.pick(functions)}(${of})`, type }
    return { ...(random.chance(0.2) ? { text: 'COUNT(*)', type: scalar('INT64') } : measure), name: maker.alias() }
  })
}

function bare(text: string, alias: string): string {
  return text.replaceAll(`${quoted(alias)}.`, '')
}

function noQuery(): never {
  throw new Error('a definition of a pattern holds no query')
}

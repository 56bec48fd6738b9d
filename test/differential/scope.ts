import type { ColumnType, ScalarType } from '../../src/model/column-type.ts'
import type { Random } from './random.ts'

export type Named = { readonly name: string; readonly type: ColumnType }
/** Something with rows that expressions can name by its alias. */
export type Source = { readonly alias: string; readonly columns: readonly Named[] }
/** A table, view or WITH entry that FROM can name; a table's text is a mark that `spell` fills in. */
export type Relation = {
  readonly text: string
  readonly impliedAlias: string
  readonly columns: readonly Named[]
  /** Neither a view nor a wildcard nor a WITH entry: what has a past, and can be sampled and changed. */
  readonly isTable: boolean
}

export type Scope = {
  readonly sources: readonly Source[]
  /** Whether names may stand without their alias: only where there is one source and nothing around it. */
  readonly isBare: boolean
  readonly relations: readonly Relation[]
  /** How deep queries may still be nested. */
  readonly depth: number
}

/** A query's text and what it yields. `isOrdered`: rows come in an order that only equal rows can change. */
export type Made = { readonly text: string; readonly columns: readonly Named[]; readonly isOrdered: boolean }

/** What every part of the generator shares; queries make expressions, and expressions queries. */
export type Maker = {
  readonly random: Random
  readonly alias: () => string
  /** The value as a parameter of the query, or undefined where this query has none. */
  readonly parameter: (type: ScalarType, value: string) => string | undefined
  readonly query: (scope: Scope) => Made
}

export const scalar = (name: ScalarType): ColumnType => ({ kind: 'scalar', name })

export type Leaf = { readonly text: string; readonly type: ColumnType }

/** Every column in scope, and every field of its structs. */
export function leavesOf({ sources, isBare }: Scope, random: Random): readonly Leaf[] {
  return sources.flatMap(({ alias, columns }) => {
    return columns.flatMap(({ name, type }) => {
      const text = isBare && random.chance(0.5) ? quoted(name) : `${quoted(alias)}.${quoted(name)}`
      return fieldsOf(text, type)
    })
  })
}

function fieldsOf(text: string, type: ColumnType): readonly Leaf[] {
  if (type.kind !== 'struct') return [{ text, type }]
  const fields = type.fields.filter(({ name }) => name !== '')
  return [{ text, type }, ...fields.flatMap(({ name, type: inner }) => fieldsOf(`${text}.${quoted(name)}`, inner))]
}

export function quoted(name: string): string {
  return /^[a-z]\w*$/i.test(name) ? name : `\`${name}\``
}

export function isGroupable(type: ColumnType): boolean {
  return type.kind === 'scalar' && !['JSON', 'GEOGRAPHY'].includes(type.name)
}

export function isScalar(type: ColumnType, name: ScalarType): boolean {
  return type.kind === 'scalar' && type.name === name
}

/** Windows are not partitioned by what has no exact equality. */
export function isPartitionable(type: ColumnType): boolean {
  return isGroupable(type) && !isScalar(type, 'FLOAT64')
}

import type { ColumnType } from '../../model/column-type.ts'
import { fieldNumbered } from './leaves.ts'
import type { Column, FromScope, Range, Relation, Value } from './relation.ts'

/** The fields of a struct value as columns; undefined where the value is no struct. */
export function structColumns(value: Value): readonly Column[] | undefined {
  if (value.type?.kind !== 'struct') return undefined
  return value.type.fields.map(
    ({ name }, at): Column => ({ ...fieldNumbered(value, at), name: name === '' ? undefined : name }),
  )
}

/** A column that others can name: what was written out in the text is no literal any more, and NULL is an INT64. */
export function settled(column: Column): Column {
  if (isSettled(column)) return column
  const { literal, elements: _elements, fields: _fields, ...rest } = column
  return literal === 'null' ? { ...rest, type: int64 } : rest
}

export function isSettled({ literal, elements, fields }: Value): boolean {
  return literal === undefined && elements === undefined && fields === undefined
}

/** Rows that go by a name in FROM. Of rows that are values, `*` gives the fields of a struct, else the value itself. */
export function rowsNamed(name: string | undefined, produced: Relation): FromScope {
  const relation = { ...produced, columns: produced.columns.map(column => settled(column)) }
  const range: Range = { ...relation, name }
  const [only] = relation.columns
  if (relation.isValue !== true || only === undefined) return { ranges: [range], star: relation.columns }
  const whole = [{ ...only, name }]
  const fields = structColumns(only)
  return fields === undefined ? { ranges: [range], star: whole } : { ranges: [range], star: fields, whole }
}

/** The rows of a query in FROM; without a name of its own the names in it stay. */
export function queryNamed(name: string | undefined, relation: Relation): FromScope {
  const { from } = relation
  if (name !== undefined || from === undefined) return rowsNamed(name, relation)
  const { ranges, star, whole } = from
  return { ranges, star: star.map(settled), ...(whole === undefined ? {} : { whole: whole.map(settled) }) }
}

/** A single value for each row, such as an element of UNNEST or its offset. */
export function valueNamed(name: string | undefined, value: Value): FromScope {
  return rowsNamed(name, { columns: [{ ...value, name: undefined }], isValue: true })
}

export function sideBySide(...scopes: readonly FromScope[]): FromScope {
  const both = { ranges: scopes.flatMap(scope => scope.ranges), star: scopes.flatMap(scope => scope.star) }
  const isStar = scopes.every(({ whole }) => whole === undefined)
  return isStar ? both : { ...both, whole: scopes.flatMap(({ star, whole = star }) => whole) }
}

/** FROM as a relation, for what comes after it in a pipe. Rows that are values stay values. */
export function relationOf({ ranges: [range, second], star, whole = star }: FromScope): Relation {
  const columns = whole.filter(column => column.isPseudo !== true)
  const [only, other] = columns
  const isValue = range?.isValue === true && second === undefined && other === undefined
  return isValue && only !== undefined ? { columns: [{ ...only, name: undefined }], isValue } : { columns }
}

/** The columns that `*` stands for. */
export function starOf({ star }: FromScope): readonly Column[] {
  return star.filter(column => column.isPseudo !== true)
}

export const int64: ColumnType = { kind: 'scalar', name: 'INT64' }

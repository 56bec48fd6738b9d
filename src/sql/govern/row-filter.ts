import type { Expression } from '../../googlesql/ast/expression.ts'
import type { ComparisonOperator } from '../../googlesql/ast/predicate.ts'
import { synthetic as at } from '../../googlesql/ast/span.ts'
import type { CatalogTable } from '../../model/catalog.ts'
import type { ColumnType } from '../../model/column-type.ts'
import type { FilterValue, RowFilter } from '../../model/decision.ts'
import { Failure } from '../../model/failure.ts'
import { tableId } from '../../model/table-ref.ts'
import { and, boolean, call, isNull, path, string } from './build.ts'
import { filterLiteral } from './filter-literal.ts'

type FieldFilter = Extract<RowFilter, { readonly type: 'field' }>
type Target = { readonly value: Expression; readonly type: ColumnType }

const comparisons = { eq: '=', ne: '!=', lt: '<', le: '<=', gt: '>', ge: '>=' } as const satisfies Record<
  string,
  ComparisonOperator
>

/**
 * A condition of the policy as a tree over the table's own columns, which `alias` qualifies where other tables are in sight.
 * Throws `cannot_govern` for one that does not fit.
 */
export function filterTree(filter: RowFilter, table: CatalogTable, alias?: string): Expression {
  if (filter.type === 'field') return fieldTree(filter, table, alias)
  const parts = filter.value.map(part => filterTree(part, table, alias))
  switch (filter.operator) {
    case 'and':
      return parts.length === 0 ? boolean(true) : and(parts)
    case 'or': {
      const [only, second] = parts
      if (only === undefined) return boolean(false)
      return second === undefined ? only : { kind: 'Or', operands: parts, at }
    }
    case 'not':
      return { kind: 'Not', operand: parts.length === 0 ? boolean(true) : and(parts), at }
  }
}

function fieldTree({ operator, field, value }: FieldFilter, table: CatalogTable, alias?: string): Expression {
  const target = columnOf(field, table, alias)
  switch (operator) {
    case 'isNull':
      return isNull(target.value)
    case 'notNull':
      return isNull(target.value, true)
    case 'in':
    case 'notIn':
      return listTree(target, listOf(value, field), operator === 'notIn')
    case 'like':
      return { kind: 'Like', negated: false, operand: target.value, pattern: string(textOf(value, field)), at }
    case 'startsWith':
      return call('STARTS_WITH', target.value, string(textOf(value, field)))
    default:
      return compareTree(target, comparisons[operator], one(value, field), field)
  }
}

function compareTree(target: Target, operator: ComparisonOperator, value: FilterValue, field: string): Expression {
  if (value !== null) {
    return { kind: 'Comparison', operator, left: target.value, right: filterLiteral(value, target.type), at }
  }
  if (operator === '=') return isNull(target.value)
  if (operator === '!=') return isNull(target.value, true)
  throw unfit(`${field} cannot be compared with null`)
}

/** No choice fits no row; a null among them fits rows that have none. */
function listTree({ value, type }: Target, choices: readonly FilterValue[], negated: boolean): Expression {
  const items = choices.filter(choice => choice !== null).map(choice => filterLiteral(choice, type))
  const inList: Expression[] =
    items.length === 0 ? [] : [{ kind: 'In', negated, operand: value, choices: { kind: 'ChoiceList', items, at }, at }]
  const nulls = items.length < choices.length ? [isNull(value, negated)] : []
  const parts = [...inList, ...nulls]
  const [only, second] = parts
  if (only === undefined) return boolean(negated)
  if (second === undefined) return only
  return negated ? and(parts) : { kind: 'Or', operands: parts, at }
}

function columnOf(field: string, table: CatalogTable, alias: string | undefined): Target {
  const [head = '', ...rest] = field.split('.')
  const column = [...table.columns, ...table.pseudoColumns].find(
    ({ name }) => name.toLowerCase() === head.toLowerCase(),
  )
  if (column === undefined) throw unfit(`${tableId(table.ref)} has no column ${field}`)
  let { type } = column
  for (const part of rest) {
    const inner =
      type.kind === 'struct' ? type.fields.find(({ name }) => name.toLowerCase() === part.toLowerCase()) : undefined
    if (inner === undefined) throw unfit(`${tableId(table.ref)} has no column ${field}`)
    type = inner.type
  }
  return { value: alias === undefined ? path(column.name, ...rest) : path(alias, column.name, ...rest), type }
}

function listOf(value: FieldFilter['value'], field: string): readonly FilterValue[] {
  if (typeof value === 'object' && value !== null) return value
  throw unfit(`${field} needs a list of values`)
}

function one(value: FieldFilter['value'], field: string): FilterValue {
  if (typeof value !== 'object' || value === null) return value
  throw unfit(`${field} needs one value and not a list`)
}

function textOf(value: FieldFilter['value'], field: string): string {
  if (typeof value === 'string') return value
  throw unfit(`${field} needs a text`)
}

function unfit(why: string): Failure {
  return new Failure('cannot_govern', {}, { cause: new Error(`the policy's row filter does not fit: ${why}`) })
}

/** The top-level columns that a condition reads. */
export function filterColumns(filter: RowFilter): readonly string[] {
  if (filter.type === 'compound') return filter.value.flatMap(filterColumns)
  return [filter.field.split('.')[0] ?? '']
}

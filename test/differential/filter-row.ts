import type { CatalogTable } from '../../src/model/catalog.ts'
import type { ColumnType } from '../../src/model/column-type.ts'
import type { FilterValue, RowFilter } from '../../src/model/decision.ts'
import type { Cell } from '../../src/model/result.ts'

type Truth = boolean | undefined
type FieldFilter = Extract<RowFilter, { readonly type: 'field' }>

/** Whether a row passes a filter, in SQL's three values: unknown does not pass. */
export function passes(filter: RowFilter, table: CatalogTable, row: readonly Cell[]): boolean {
  return truth(filter, table, row) === true
}

function truth(filter: RowFilter, table: CatalogTable, row: readonly Cell[]): Truth {
  if (filter.type === 'field') return fieldTruth(filter, table, row)
  const parts = filter.value.map(part => truth(part, table, row))
  if (filter.operator === 'or') return parts.includes(true) ? true : parts.includes(undefined) ? undefined : false
  const all = parts.includes(false) ? false : parts.includes(undefined) ? undefined : true
  return filter.operator === 'and' ? all : negated(all)
}

function negated(value: Truth): Truth {
  return value === undefined ? undefined : !value
}

function fieldTruth({ operator, field, value }: FieldFilter, table: CatalogTable, row: readonly Cell[]): Truth {
  const { cell, type } = cellAt(field, table, row)
  const listed = Array.isArray(value) ? (value as readonly FilterValue[]) : []
  switch (operator) {
    case 'isNull':
      return cell === null
    case 'notNull':
      return cell !== null
    case 'in':
      return isIn(cell, listed, type)
    case 'notIn':
      return negated(isIn(cell, listed, type))
    case 'like':
      return cell === null ? undefined : likePattern(String(value)).test(String(cell))
    case 'startsWith':
      return cell === null ? undefined : String(cell).startsWith(String(value))
    default:
      return compared(operator, cell, value as FilterValue, type)
  }
}

/** A null among the choices fits a row that has none, and then there is nothing unknown. */
function isIn(cell: Cell, choices: readonly FilterValue[], type: ColumnType): Truth {
  if (choices.length === 0) return false
  if (cell === null) return choices.includes(null) ? true : undefined
  return choices.some(choice => choice !== null && order(cell, choice, type) === 0)
}

function compared(operator: string, cell: Cell, value: FilterValue, type: ColumnType): Truth {
  if (value === null) return operator === 'eq' ? cell === null : cell !== null
  if (cell === null) return undefined
  const sign = order(cell, value, type)
  switch (operator) {
    case 'eq':
      return sign === 0
    case 'ne':
      return sign !== 0
    case 'lt':
      return sign < 0
    case 'le':
      return sign <= 0
    case 'gt':
      return sign > 0
    default:
      return sign >= 0
  }
}

const numeric = ['INT64', 'FLOAT64', 'NUMERIC', 'BIGNUMERIC']

function order(cell: Cell, value: FilterValue, type: ColumnType): number {
  const name = type.kind === 'scalar' ? type.name : ''
  if (numeric.includes(name)) return Number(cell) - Number(value)
  if (name === 'BOOL') return Number(cell === 'true') - Number(value)
  const coding = name === 'BYTES' ? 'base64' : 'utf8'
  return Buffer.compare(Buffer.from(String(cell), coding), Buffer.from(String(value), coding))
}

function likePattern(pattern: string): RegExp {
  const source = Array.from(pattern, letter => {
    return letter === '%' ? '.*' : letter === '_' ? '.' : letter.replace(/[.*+?^${}()|[\]\\]/, '\\$&')
  })
  return new RegExp(`^${source.join('')}$`, 'su')
}

function cellAt(
  field: string,
  table: CatalogTable,
  row: readonly Cell[],
): { readonly cell: Cell; readonly type: ColumnType } {
  const [head, ...rest] = field.split('.')
  const columns = [...table.columns, ...table.pseudoColumns]
  const index = columns.findIndex(({ name }) => name === head)
  const column = columns[index]
  if (column === undefined) throw new Error(`no column ${field}`)
  let place = { cell: row[index] ?? null, type: column.type }
  for (const part of rest) {
    const { cell, type } = place
    if (type.kind !== 'struct') throw new Error(`no field ${field}`)
    const at = type.fields.findIndex(({ name }) => name === part)
    place = { cell: (cell as readonly Cell[] | null)?.[at] ?? null, type: type.fields[at]?.type ?? type }
  }
  return place
}

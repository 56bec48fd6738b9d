import { type Data, type DataType, type List, makeData, type Struct } from 'apache-arrow'
import type { ColumnType } from '../../../model/column-type.ts'
import type { Cell } from '../../../model/result.ts'
import { endsIn } from '../cell-numbers.ts'
import { arrowType } from './field-type.ts'
import { scalarColumns } from './scalar-column.ts'
import { validityOf } from './validity.ts'

/** The cells of one column, in Arrow's form. */
export function columnOf(cells: readonly Cell[], type: ColumnType): Data {
  switch (type.kind) {
    case 'scalar':
      return scalarColumns[type.name](cells.map(textIn))
    case 'array':
      return listOf(cells, type.element, arrowType(type) as List)
    case 'struct': {
      const types = type.fields.map(field => field.type)
      return structOf(cells, partsOf(cells, types.length), types, arrowType(type) as Struct)
    }
    case 'range': {
      const ends = cells.map(cell => (cell === null ? undefined : endsIn(textIn(cell) ?? '')))
      const parts = [ends.map(end => end?.[0] ?? null), ends.map(end => end?.[1] ?? null)]
      return structOf(cells, parts, [type.element, type.element], arrowType(type) as Struct)
    }
  }
}

function textIn(cell: Cell): string | null {
  if (cell === null || typeof cell === 'string') return cell
  throw new RangeError('a list is no scalar')
}

function itemsIn(cell: Cell): readonly Cell[] {
  if (cell === null) return []
  if (typeof cell === 'string') throw new RangeError('a text is no list')
  return cell
}

/** An array that is NULL is an empty one. */
function listOf(cells: readonly Cell[], element: ColumnType, type: List): Data {
  const valueOffsets = new Int32Array(cells.length + 1)
  const items: Cell[] = []
  cells.forEach((cell, index) => {
    for (const item of itemsIn(cell)) items.push(item)
    valueOffsets[index + 1] = items.length
  })
  const child = columnOf(items, element) as Data<DataType>
  return makeData({ type, length: cells.length, nullCount: 0, valueOffsets, child })
}

/** The cells of each field of a struct; a struct that is NULL has NULL in all of them. */
function partsOf(cells: readonly Cell[], count: number): readonly (readonly Cell[])[] {
  const rows = cells.map(itemsIn)
  return Array.from({ length: count }, (_, index) => rows.map(row => row[index] ?? null))
}

function structOf(
  cells: readonly Cell[],
  parts: readonly (readonly Cell[])[],
  types: readonly ColumnType[],
  type: Struct,
): Data {
  const children = types.map((fieldType, index) => columnOf(parts[index] ?? [], fieldType))
  return makeData({ type, length: cells.length, ...validityOf(cells), children })
}

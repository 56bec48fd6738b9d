import { unreachable } from '../../base/unreachable.ts'
import type { ColumnType, ScalarType, StructField } from '../../model/column-type.ts'
import type { Cell } from '../../model/result.ts'
import { showText } from './show-text.ts'

export type JsonCell = string | number | boolean | null | readonly JsonCell[] | { readonly [field: string]: JsonCell }

/** A cell as JSON: numbers where JSON holds them exactly, structs as objects, the rest as GoogleSQL writes it. */
export function showCell(cell: Cell, type: ColumnType): JsonCell {
  if (cell === null) return null
  switch (type.kind) {
    case 'array':
      return typeof cell === 'string' ? showText(cell) : cell.map(item => showCell(item, type.element))
    case 'struct':
      return typeof cell === 'string' ? showText(cell) : showStruct(cell, type.fields)
    case 'scalar':
      return typeof cell === 'string' ? showScalar(cell, type.name) : showText(JSON.stringify(cell))
    case 'range':
      return showText(typeof cell === 'string' ? cell : JSON.stringify(cell))
    default:
      return unreachable(type)
  }
}

function showStruct(cells: readonly Cell[], fields: readonly StructField[]): JsonCell {
  const names = fieldNames(fields)
  return Object.fromEntries(fields.map((field, index) => [names[index], showCell(cells[index] ?? null, field.type)]))
}

/** Fields may lack names or share one; an object's keys may not. */
function fieldNames(fields: readonly StructField[]): readonly string[] {
  const names = fields.map(({ name }) => name)
  return names.map((name, index) => (name === '' || names.indexOf(name) !== index ? `_${index + 1}` : showText(name)))
}

function showScalar(text: string, type: ScalarType): JsonCell {
  switch (type) {
    case 'BOOL':
      return text === 'true'
    case 'INT64':
      return Number.isSafeInteger(Number(text)) ? Number(text) : text
    case 'FLOAT64':
      return Number.isFinite(Number(text)) ? Number(text) : text
    default:
      return showText(text)
  }
}

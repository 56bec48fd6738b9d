import type { JsonObject } from '@bufbuild/protobuf'
import type { ColumnType } from '../model/column-type.ts'
import type { Cell } from '../model/result.ts'
import { scalarJson, scalarText } from './scalars.ts'

/** A ValueProto message as the analyzer sent it; no case at all is NULL. */
export type ValueMessage = { readonly value: { readonly case: string | undefined; readonly value?: unknown } }

type Elements = { readonly element: readonly ValueMessage[] }
type Fields = { readonly field: readonly ValueMessage[] }
type Bounds = { readonly start: ValueMessage; readonly end: ValueMessage }

/** A cell as a ValueProto in JSON form. */
export function valueJson(cell: Cell, type: ColumnType): JsonObject {
  if (cell === null) return {}
  switch (type.kind) {
    case 'scalar':
      return scalarJson(expectText(cell), type.name)
    case 'array':
      return { arrayValue: { element: expectList(cell).map(item => valueJson(item, type.element)) } }
    case 'struct': {
      const cells = expectList(cell)
      return { structValue: { field: type.fields.map((field, at) => valueJson(cells[at] ?? null, field.type)) } }
    }
    case 'range': {
      const [start = null, end = null] = expectList(cell)
      return { rangeValue: { start: valueJson(start, type.element), end: valueJson(end, type.element) } }
    }
  }
}

/** A value as a cell: text, null, a list, or a struct's values in field order; a range is its two bounds. */
export function valueCell(message: ValueMessage, type: ColumnType | undefined): Cell {
  const { case: kind, value } = message.value
  if (kind === undefined) return null
  const element = type !== undefined && 'element' in type ? type.element : undefined
  if (kind === 'arrayValue') return (value as Elements).element.map(item => valueCell(item, element))
  if (kind === 'structValue') {
    const fields = type?.kind === 'struct' ? type.fields : []
    return (value as Fields).field.map((item, at) => valueCell(item, fields[at]?.type))
  }
  if (kind === 'rangeValue') {
    const { start, end } = value as Bounds
    return [valueCell(start, element), valueCell(end, element)]
  }
  return scalarText(kind, value)
}

function expectText(cell: Cell): string {
  if (typeof cell === 'string') return cell
  throw new Error('A scalar needs text.')
}

function expectList(cell: Cell): readonly Cell[] {
  if (typeof cell === 'object' && cell !== null) return cell
  throw new Error('An array, a struct or a range needs a list.')
}

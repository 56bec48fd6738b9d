import type { Expression } from '../../googlesql/ast/expression.ts'
import { synthetic as at } from '../../googlesql/ast/span.ts'
import type { TableExpression } from '../../googlesql/ast/table.ts'
import type { ColumnType, StructField } from '../../model/column-type.ts'
import type { ColumnMask } from '../../model/decision.ts'
import { call, identifier, isNull, item, nullLiteral, path, query, select, struct } from './build.ts'
import { masked } from './masks.ts'

/** Masks by leaf path, in lower case. */
export type MasksByPath = ReadonlyMap<string, ColumnMask>

export function byLowerPath(masks: ReadonlyMap<string, ColumnMask> | undefined): MasksByPath {
  return new Map([...(masks ?? [])].map(([name, mask]) => [name.toLowerCase(), mask]))
}

/** A column with the masks of its leaves; itself where there are none. Structs and arrays keep their shape. */
export function maskColumn(name: string, type: ColumnType, masks: MasksByPath): Expression {
  return maskValue(path(name), name, type, masks)
}

function maskValue(value: Expression, leafPath: string, type: ColumnType, masks: MasksByPath): Expression {
  const mask = masks.get(leafPath.toLowerCase())
  if (mask !== undefined) return masked(mask.kind, value, type)
  if (!hasMaskBelow(leafPath, masks)) return value
  switch (type.kind) {
    case 'struct': {
      const fields = type.fields.map(field => maskField(value, leafPath, field, masks))
      return call('IF', isNull(value), nullLiteral, struct(fields))
    }
    case 'array':
      return maskElements(value, leafPath, type.element, masks)
    case 'scalar':
    case 'range':
      return value
  }
}

function hasMaskBelow(leafPath: string, masks: MasksByPath): boolean {
  const prefix = `${leafPath.toLowerCase()}.`
  return [...masks.keys()].some(name => name.startsWith(prefix))
}

function maskField(value: Expression, leafPath: string, { name, type }: StructField, masks: MasksByPath) {
  return { name, value: maskValue(fieldOf(value, name), `${leafPath}.${name}`, type, masks) }
}

function fieldOf(value: Expression, name: string): Expression {
  if (value.kind !== 'PathExpression') return { kind: 'FieldAccess', target: value, field: identifier(name), at }
  const [head, ...rest] = value.parts
  return { ...value, parts: [head, ...rest, identifier(name)] }
}

const element = '_sl_element'
const position = '_sl_position'

/** `ARRAY(SELECT <masked element> FROM UNNEST(value) … ORDER BY position)`; an absent array stays absent. */
function maskElements(value: Expression, leafPath: string, type: ColumnType, masks: MasksByPath): Expression {
  const from: TableExpression = {
    ...{ kind: 'UnnestReference', arrays: [{ kind: 'UnnestArray', value, alias: undefined, at }], mode: undefined },
    ...{ alias: identifier(element), offset: { kind: 'WithOffset', alias: identifier(position), at }, postfix: [], at },
  }
  const inner = select({ items: [item(maskValue(path(element), leafPath, type, masks), element)], from })
  const order = {
    kind: 'OrderItem',
    value: path(position),
    collate: undefined,
    direction: undefined,
    nulls: undefined,
    at,
  } as const
  const rebuilt: Expression = { kind: 'ArraySubquery', query: query(inner, { orderBy: [order] }), at }
  return call('IF', isNull(value), nullLiteral, rebuilt)
}

import { type ColumnType, type ScalarType, type StructField, scalarTypes } from '../../model/column-type.ts'

const maxDepth = 8
const token = /\s*([A-Za-z_]\w*|[<>,])/y

/** Reads `INT64`, `ARRAY<DATE>` or `STRUCT<a INT64, b ARRAY<STRING>>`; `undefined` for anything else. */
export function parseTypeText(text: string): ColumnType | undefined {
  const tokens = tokensOf(text)
  if (tokens === undefined) return undefined
  const parsed = readType(tokens, 0, 0)
  return parsed?.next === tokens.length ? parsed.type : undefined
}

type Read = { readonly type: ColumnType; readonly next: number }

function tokensOf(text: string): readonly string[] | undefined {
  const tokens: string[] = []
  token.lastIndex = 0
  while (token.lastIndex < text.trimEnd().length) {
    const found = token.exec(text)?.[1]
    if (found === undefined) return undefined
    tokens.push(found)
  }
  return tokens
}

function readType(tokens: readonly string[], at: number, depth: number): Read | undefined {
  const name = tokens[at]?.toUpperCase()
  if (name === undefined || depth > maxDepth) return undefined
  if (isScalar(name)) return { type: { kind: 'scalar', name }, next: at + 1 }
  if (tokens[at + 1] !== '<') return undefined
  if (name === 'STRUCT') return readStruct(tokens, at + 2, depth)
  const element = readType(tokens, at + 2, depth + 1)
  if (element === undefined || tokens[element.next] !== '>') return undefined
  if (name === 'ARRAY') return { type: { kind: 'array', element: element.type }, next: element.next + 1 }
  if (name === 'RANGE') return { type: { kind: 'range', element: element.type }, next: element.next + 1 }
  return undefined
}

function readStruct(tokens: readonly string[], start: number, depth: number): Read | undefined {
  const fields: StructField[] = []
  for (let at = start; ; at++) {
    const name = tokens[at]
    const read = readType(tokens, at + 1, depth + 1)
    if (name === undefined || read === undefined) return undefined
    fields.push({ name, type: read.type })
    at = read.next
    if (tokens[at] === '>') return { type: { kind: 'struct', fields }, next: at + 1 }
    if (tokens[at] !== ',') return undefined
  }
}

function isScalar(name: string): name is ScalarType {
  return (scalarTypes as readonly string[]).includes(name)
}

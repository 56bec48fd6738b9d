import { Failure } from '../../model/failure.ts'

/** Which parts of an answer a client wants: by name, each with the parts of it; `all` is everything below. */
export type FieldMask = { readonly all: boolean; readonly parts: ReadonlyMap<string, FieldMask> }

const everything: FieldMask = { all: true, parts: new Map() }
const maxDepth = 20

/** Reads Google's syntax for partial answers: `jobReference,rows(f/v)`, with `*` for every field. */
export function parseFieldMask(text: string): FieldMask {
  const tokens = text.match(/[\w*$-]+|[(),/]|[^\s]/g) ?? []
  let at = 0
  const refuse = () =>
    new Failure('request_invalid', { detail: `fields: "${text.slice(0, 100)}" is not a list of fields.` })

  function list(depth: number): FieldMask {
    if (depth > maxDepth) throw refuse()
    const parts = new Map<string, FieldMask>()
    do {
      const [name, mask] = path(depth)
      parts.set(name, merge(parts.get(name), mask))
    } while (tokens[at] === ',' && ++at)
    return { all: false, parts }
  }

  function path(depth: number): readonly [string, FieldMask] {
    const name = tokens[at++]
    if (name === undefined || !/^[\w*$-]+$/.test(name) || depth > maxDepth) throw refuse()
    if (tokens[at] === '/') {
      at++
      const [inner, mask] = path(depth + 1)
      return [name, { all: false, parts: new Map([[inner, mask]]) }]
    }
    if (tokens[at] !== '(') return [name, everything]
    at++
    const inner = list(depth + 1)
    if (tokens[at++] !== ')') throw refuse()
    return [name, inner]
  }

  const mask = list(0)
  if (at !== tokens.length) throw refuse()
  return mask
}

function merge(first: FieldMask | undefined, second: FieldMask): FieldMask {
  if (first === undefined) return second
  if (first.all || second.all) return everything
  const parts = new Map(first.parts)
  for (const [name, mask] of second.parts) parts.set(name, merge(parts.get(name), mask))
  return { all: false, parts }
}

/** The parts of an answer that a mask names; lists are masked item by item. */
export function applyFieldMask(value: unknown, mask: FieldMask): unknown {
  if (mask.all || typeof value !== 'object' || value === null) return value
  if (Array.isArray(value)) return value.map(item => applyFieldMask(item, mask))
  const kept = Object.entries(value).flatMap(([name, inner]) => {
    const part = mask.parts.get(name) ?? mask.parts.get('*')
    return part === undefined ? [] : [[name, applyFieldMask(inner, part)] as const]
  })
  return Object.fromEntries(kept)
}

import type { CatalogColumn } from '../../model/catalog.ts'
import type { ColumnType } from '../../model/column-type.ts'
import { type Column, mergeReads, type Read, type Reads, type Scan, type Value } from './relation.ts'

/** The leaf paths of a column's type; paths go through arrays. An empty struct is its own leaf. */
export function leafPaths(path: string, type: ColumnType): readonly { path: string; type: ColumnType }[] {
  switch (type.kind) {
    case 'array':
      return holdsStruct(type.element) ? leafPaths(path, type.element) : [{ path, type }]
    case 'struct':
      if (type.fields.length === 0) return [{ path, type }]
      return type.fields.flatMap(field => leafPaths(`${path}.${field.name}`, field.type))
    case 'scalar':
    case 'range':
      return [{ path, type }]
  }
}

function holdsStruct(type: ColumnType): boolean {
  return type.kind === 'struct' || (type.kind === 'array' && holdsStruct(type.element))
}

const noUses: Read['uses'] = new Set()

/** A base column, or a field of one, as a value. Naming it is noted, so that the hoist will have it. */
export function baseValue(scan: Scan, path: string, type: ColumnType): Value {
  const reads = new Map<string, Read>()
  for (const leaf of leafPaths(path, type)) {
    reads.set(keyOf(scan, leaf.path), { leaf: { scan, path: leaf.path }, uses: noUses })
  }
  return { type, reads, origins: [{ scan, path }] }
}

function keyOf({ id, isTarget }: Scan, path: string): string {
  return isTarget === true ? `${id} as target.${path}` : `${id}.${path}`
}

/** Notes that a column is named, without saying that it is used. */
export function nameLeaves({ reads }: Value): void {
  for (const { leaf } of reads.values()) {
    if (!leaf.scan.uses.has(leaf.path)) leaf.scan.uses.set(leaf.path, new Set())
  }
}

export function baseColumns(scan: Scan): readonly Column[] {
  const { table } = scan
  const columns = table.columns.map((column): Column => baseColumn(scan, column))
  const pseudo = table.pseudoColumns.map((column): Column => ({ ...baseColumn(scan, column), isPseudo: true }))
  return pseudo.length === 0 ? columns : [...columns, ...pseudo]
}

function baseColumn(scan: Scan, { name, type }: CatalogColumn): Column {
  const { reads, origins = [] } = baseValue(scan, name, type)
  return { name, type, reads, origins }
}

/** A field of a value: narrowed to the field where the value is a base column, else all that the value derives from. */
export function fieldOf(value: Value, field: string): Value | undefined {
  const struct = value.type
  if (struct === undefined) return { type: undefined, reads: value.reads }
  if (struct.kind === 'scalar' && struct.name === 'JSON') return { type: struct, reads: value.reads }
  if (struct.kind !== 'struct') return undefined
  const found = struct.fields.find(({ name }) => name.toLowerCase() === field.toLowerCase())
  if (found === undefined) return undefined
  const { origins } = value
  if (origins === undefined) return { type: found.type, reads: value.reads }
  const parts = origins.map(origin => baseValue(origin.scan, `${origin.path}.${found.name}`, found.type))
  return withUsesOf(value.reads, sameValue(parts, found.type))
}

/** A field by its position; by its name where it is the first of that name, so that it is narrowed as `fieldOf` does. */
export function fieldNumbered(value: Value, at: number): Value {
  const fields = value.type?.kind === 'struct' ? value.type.fields : []
  const field = fields[at]
  if (field === undefined) return { type: undefined, reads: value.reads }
  const isNamed = field.name !== '' && fields.findIndex(({ name }) => name === field.name) === at
  return (isNamed ? fieldOf(value, field.name) : undefined) ?? { type: field.type, reads: value.reads }
}

/** An element of an array value. */
export function elementOf(value: Value): Value {
  const { type, reads, origins } = value
  if (type?.kind === 'array') return { type: type.element, reads, ...(origins === undefined ? {} : { origins }) }
  return { type: type?.kind === 'scalar' && type.name === 'JSON' ? type : undefined, reads }
}

/** Several columns that are one value: those of a view and what stands behind them. */
export function sameValue(parts: readonly Value[], type: ColumnType | undefined): Value {
  const origins = parts.flatMap(part => part.origins ?? [])
  const isPure = parts.every(part => part.origins !== undefined)
  return { type, reads: mergeReads(...parts.map(part => part.reads)), ...(isPure ? { origins } : {}) }
}

/** A narrowed value went through the same uses as the one it is a part of. */
function withUsesOf(whole: Reads, part: Value): Value {
  const reads = new Map([...part.reads].map(([key, read]) => [key, whole.get(key) ?? read]))
  return { ...part, reads }
}

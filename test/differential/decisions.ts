import type { CatalogTable } from '../../src/model/catalog.ts'
import type { ColumnType } from '../../src/model/column-type.ts'
import {
  type ColumnMask,
  type DecisionFacts,
  type FilterValue,
  type GuardedFilter,
  maskKinds,
  type RowFilter,
} from '../../src/model/decision.ts'
import type { Cell } from '../../src/model/result.ts'
import { type TableId, tableId } from '../../src/model/table-ref.ts'
import type { Rows } from '../../src/verification/oracle.ts'
import type { Random } from './random.ts'
import type { World } from './world.ts'

export type Protections = Pick<DecisionFacts, 'masks' | 'rowFilters'>

/** An allow with these masks and filters and nothing else. */
export function decisionOf(protections: Protections): DecisionFacts {
  return {
    ...{ id: 'differential', revision: '1', effect: 'allow', reasons: [], limits: {}, approvals: [], needs: [] },
    ...{ obligations: [], redact: [], policies: [], ...protections },
  }
}

/** Any masks on any leaves and any filters on any tables of the world. */
export function generatedProtections(random: Random, { tables, rows }: World): Protections {
  // Where tables are protected, most wildcards over them are refused: not all of them are protected in one way.
  const isMatched = random.chance(0.2)
  const protectedTables = random.some(tables, 0.7).filter(({ ref }) => isMatched || !/^events_\d/.test(ref.table))
  const masks = protectedTables.map(table => [tableId(table.ref), generatedMasks(random, table)] as const)
  const filtered = random.some(protectedTables, 0.5).filter(({ kind }) => kind !== 'view')
  const rowFilters = filtered.map(table => {
    const id = tableId(table.ref)
    const filters = Array.from({ length: 1 + random.below(2) }, (): GuardedFilter => {
      return { condition: generatedFilter(random, table, rows.get(id) ?? [], 2), guard: random.chance(0.3) }
    })
    return [id, filters] as const
  })
  return { masks: new Map<TableId, ReadonlyMap<string, ColumnMask>>(masks), rowFilters: new Map(rowFilters) }
}

type Leaf = { readonly path: string; readonly type: ColumnType; readonly cellOf: (row: readonly Cell[]) => Cell }

function generatedMasks(random: Random, table: CatalogTable): ReadonlyMap<string, ColumnMask> {
  const paths = table.columns.flatMap(({ name, type }) => {
    return type.kind !== 'scalar' && random.chance(0.1) ? [name] : maskable(name, type)
  })
  return new Map(random.some(paths, 0.3).map(path => [path, { kind: random.pick(maskKinds) }]))
}

/** Leaves as masks name them: through structs, and through arrays to their elements. */
function maskable(path: string, type: ColumnType): readonly string[] {
  if (type.kind === 'array') return maskable(path, type.element)
  return type.kind === 'struct' ? type.fields.flatMap(field => maskable(`${path}.${field.name}`, field.type)) : [path]
}

function generatedFilter(random: Random, table: CatalogTable, rows: Rows, depth: number): RowFilter {
  if (depth > 0 && random.chance(0.4)) {
    const value = Array.from({ length: random.below(3) + 1 }, () => generatedFilter(random, table, rows, depth - 1))
    return { type: 'compound', operator: random.pick(['and', 'or', 'not'] as const), value }
  }
  const leaf = random.pick(filterable(table))
  return fieldFilter(random, leaf, rows)
}

function fieldFilter(random: Random, { path: field, type, cellOf }: Leaf, rows: Rows): RowFilter {
  const name = type.kind === 'scalar' ? type.name : ''
  const values = rows.map(cellOf).flatMap(cell => (typeof cell === 'string' ? [filterValue(cell, name)] : []))
  const make = (
    operator: Extract<RowFilter, { type: 'field' }>['operator'],
    value: FilterValue | readonly FilterValue[],
  ): RowFilter => {
    return { type: 'field', operator, field, value }
  }
  if (values.length === 0 || ['JSON', ''].includes(name)) return make(random.pick(['isNull', 'notNull'] as const), null)
  const value = random.pick(values)
  const isText = name === 'STRING'
  const simple = random.pick(['eq', 'ne', 'in', 'notIn', 'isNull', 'notNull', 'lt', 'le', 'gt', 'ge'] as const)
  const operator = isText && random.chance(0.3) ? random.pick(['like', 'startsWith'] as const) : simple
  switch (operator) {
    case 'in':
    case 'notIn':
      return make(operator, [...random.some(values, 0.5), ...(random.chance(0.3) ? [null] : [])])
    case 'like':
      return make(operator, `${String(value).slice(0, random.below(4))}${random.pick(['%', '_%', '', '%a%'])}`)
    case 'startsWith':
      return make(operator, Array.from(String(value)).slice(0, 2).join(''))
    case 'eq':
    case 'ne':
      return make(operator, random.chance(0.1) ? null : value)
    default:
      return make(operator, value)
  }
}

function filterValue(text: string, type: string): FilterValue {
  if (type === 'BOOL') return text === 'true'
  return type === 'INT64' || type === 'FLOAT64' ? Number(text) : text
}

/** Columns and fields of structs, the pseudo-columns too; a filter does not look into arrays. */
function filterable(table: CatalogTable): readonly Leaf[] {
  return [...table.columns, ...table.pseudoColumns].flatMap(({ name, type }, index) => {
    return leaves(name, type, row => row[index] ?? null)
  })
}

function leaves(path: string, type: ColumnType, cellOf: Leaf['cellOf']): readonly Leaf[] {
  if (type.kind !== 'struct') return [{ path, type, cellOf }]
  return type.fields.flatMap((field, at) => {
    return leaves(`${path}.${field.name}`, field.type, row => (cellOf(row) as readonly Cell[] | null)?.[at] ?? null)
  })
}

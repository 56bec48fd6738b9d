import { type CatalogRoutine, type CatalogTable, routineName } from '../../model/catalog.ts'
import { type StructField, typeText } from '../../model/column-type.ts'
import type { DecisionFacts } from '../../model/decision.ts'
import type { PartCatalog } from '../../model/governed.ts'
import { tableId } from '../../model/table-ref.ts'
import type { Part } from '../part.ts'
import { readCatalog } from './predict.ts'

type World = { readonly parts: Part[]; readonly names: Map<string, string> }

/**
 * What a second reader may know of the names in each part. Neighbours that mean the same by the same names share it, because
 * opening a catalog costs a reader more than reading a part.
 */
export function shareCatalogs(
  parts: readonly Part[],
  filters: Pick<DecisionFacts, 'rowFilters'>,
): ReadonlyMap<Part, PartCatalog> {
  const [only, second] = parts
  if (only !== undefined && second === undefined) return new Map([[only, catalogOf(parts, filters)]])
  const worlds: World[] = []
  for (const part of parts) {
    const names = meanings(part)
    const last = worlds.at(-1)
    if (last !== undefined && agrees(last.names, names)) {
      last.parts.push(part)
      for (const [name, meaning] of names) last.names.set(name, meaning)
    } else worlds.push({ parts: [part], names })
  }
  return new Map(
    worlds.flatMap(world => {
      const catalog = catalogOf(world.parts, filters)
      return world.parts.map(part => [part, catalog] as const)
    }),
  )
}

function agrees(known: ReadonlyMap<string, string>, names: ReadonlyMap<string, string>): boolean {
  return [...names].every(([name, meaning]) => (known.get(name) ?? meaning) === meaning)
}

/** What stands behind each name, which the reader does not tell apart by case. A table that is changed is known whole. */
function meanings({ context, variables }: Part): Map<string, string> {
  const table = (mode: string, { ref, etag }: CatalogTable) =>
    [`table ${tableId(ref).toLowerCase()}`, JSON.stringify([mode, tableId(ref), etag])] as const
  return new Map([
    ...[...context.scans.values()].map(scan => table('read', scan.table)),
    ...context.targets.map(({ scan }) => table('read', scan.table)),
    ...context.altered.map(altered => table('whole', altered)),
    ...[...context.kept.values()].map(
      routine => [`routine ${routineName(routine).toLowerCase()}`, routine.etag] as const,
    ),
    ...variables.map(({ name = '', type }) => [`variable ${name.toLowerCase()}`, type ? typeText(type) : ''] as const),
  ])
}

function catalogOf(parts: readonly Part[], filters: Pick<DecisionFacts, 'rowFilters'>): PartCatalog {
  const used = new Map<string, StructField>()
  const called = new Map<string, CatalogRoutine>()
  for (const { context, variables } of parts) {
    for (const { name = '', type } of variables) if (type) used.set(name.toLowerCase(), { name, type })
    for (const routine of context.kept.values()) called.set(routineName(routine), routine)
  }
  const tables = readCatalog(
    parts.map(({ context }) => context),
    filters,
  )
  return { tables, variables: [...used.values()], routines: [...called.values()] }
}

import type { Path } from '../../googlesql/ast/name.ts'
import type { CatalogTable } from '../../model/catalog.ts'
import { Failure } from '../../model/failure.ts'
import { pathParts } from '../table-name.ts'
import type { Context, Environment } from './context.ts'
import { baseColumns } from './leaves.ts'
import { type Column, mergeReads, noReads, type Reads, type Relation, type Scan } from './relation.ts'
import { scanOf } from './scan.ts'
import { findCommonTable } from './with-entries.ts'

/** A table that a script makes for itself, and what the values of its columns derive from. */
export type TemporaryTable = { readonly table: CatalogTable; readonly fills: readonly Reads[] }

/** By name; names of tables have a case. */
export type TemporaryTables = ReadonlyMap<string, TemporaryTable>

/** It is in no dataset, and its name alone is its id. */
export function isTemporary({ ref }: Pick<CatalogTable, 'ref'>): boolean {
  return ref.dataset === ''
}

/** The name that a path gives to a temporary table, if there is such a table: `t` or `_SESSION.t`. */
export function temporaryName(path: Path): string | undefined {
  const [first = '', second, third] = pathParts(path)
  if (second === undefined) return first
  return third === undefined && first.toUpperCase() === '_SESSION' ? second : undefined
}

export function findTemporary(path: Path, { temporary }: Environment): TemporaryTable | undefined {
  const name = temporaryName(path)
  return name === undefined ? undefined : temporary?.get(name)
}

/** The one in FROM. It is printed by its name alone, so no common table may have that name where it is written otherwise. */
export function temporaryInFrom(path: Path, env: Environment): TemporaryTable | undefined {
  const found = findTemporary(path, env)
  if (found === undefined || path.parts.length === 1) return found
  const bare: Path = { ...path, parts: [path.parts[1] ?? path.parts[0]] }
  if (findCommonTable(bare, env) === undefined) return found
  throw new Failure('cannot_govern', {
    detail: `${found.table.ref.table} is a temporary table and a common table.`,
    next: 'Give the common table another name.',
  })
}

/** What is read of it is what its columns were filled with. A field of a column counts as the whole. */
export function temporaryRelation(found: TemporaryTable, context: Context): Relation & { readonly scan: Scan } {
  const scan = scanOf(found.table, context)
  return { scan, columns: withFills(baseColumns(scan), found) }
}

export function withFills(columns: readonly Column[], { fills }: TemporaryTable): readonly Column[] {
  return columns.map(({ name, type, reads }, index): Column => {
    return { name, type, reads: mergeReads(reads, fills[index] ?? noReads) }
  })
}

/** The reads that outlive the statement: those of relations that the policy knows. */
export function lastingReads(reads: Reads): Reads {
  const lasting = [...reads].filter(([, { leaf }]) => !isTemporary(leaf.scan.table))
  return lasting.length === reads.size ? reads : new Map(lasting)
}

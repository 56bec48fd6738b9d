import type { Path } from '../../googlesql/ast/name.ts'
import type { CreateTable } from '../../googlesql/ast/table-definition.ts'
import type { CatalogTable } from '../../model/catalog.ts'
import { Failure } from '../../model/failure.ts'
import type { Part, PartRead } from '../part.ts'
import type { Environment } from '../resolve/context.ts'
import { mergeReads, noReads, type Read, type Reads } from '../resolve/relation.ts'
import {
  findTemporary,
  isTemporary,
  lastingReads,
  type TemporaryTable,
  temporaryName,
} from '../resolve/temporary-table.ts'
import { isSameType } from '../types/type-makers.ts'
import { etagOf } from './entries.ts'
import { shapeOf } from './make-table.ts'
import type { ScriptState } from './state.ts'

/** A table that ends with the script. Its columns hold what the policy let through; what that derives from goes along. */
export function makeTemporary(create: CreateTable, read: PartRead, env: Environment, state: ScriptState): void {
  const name = temporaryName(create.name)
  if (name === undefined) {
    throw new Failure('query_invalid', { detail: 'The name of a temporary table has one part.' })
  }
  const { columns, pseudoColumns, sizeBytes } = shapeOf(create, read, env)
  const ref = { project: '', dataset: '', table: name }
  const table: CatalogTable = {
    ...{ ref, kind: 'table', columns, etag: etagOf(columns), labels: {}, pseudoColumns, sizeBytes },
  }
  const isCopy = create.clone !== undefined || create.copy !== undefined
  const whole = isCopy ? readsOf(read.part, env) : noReads
  const shown = read.columns.filter(({ isPseudo }) => isPseudo !== true)
  const fills = columns.map((_, at) => mergeReads(whole, lastingReads(shown[at]?.reads ?? noReads)))
  const known = state.temporary.get(name)
  const mayStay = known !== undefined && (state.isConditional || create.ifNotExists)
  state.temporary.set(name, mayStay ? either(known, { table, fills }) : { table, fills })
}

/** Where only the run can tell which of two definitions made it, the columns must not depend on that. */
function either(known: TemporaryTable, next: TemporaryTable): TemporaryTable {
  const [before, after] = [known.table.columns, next.table.columns]
  const isSame =
    before.length === after.length &&
    before.every(({ name, type }, at) => name === after[at]?.name && isSameType(type, after[at].type))
  if (isSame) return filled(known, next.fills)
  throw new Failure('cannot_govern', {
    detail: `The temporary table ${known.table.ref.table} would have other columns from one run to the next.`,
    next: 'Give its definitions the same columns, or different names.',
  })
}

function filled({ table, fills }: TemporaryTable, more: readonly Reads[]): TemporaryTable {
  return { table, fills: fills.map((reads, at) => mergeReads(reads, more[at] ?? noReads)) }
}

/** A change of a temporary table fills its columns; which of them with what is not told apart. */
export function fillTemporary(target: Path, part: Part, env: Environment, state: ScriptState): void {
  const known = findTemporary(target, env)
  if (known === undefined) return
  const reads = readsOf(part, env)
  state.temporary.set(
    known.table.ref.table,
    filled(
      known,
      known.fills.map(() => reads),
    ),
  )
}

/** Everything that a part reads, also through variables and temporary tables. */
function readsOf({ context, variables }: Part, { temporary }: Environment): Reads {
  const own = new Map<string, Read>()
  const through = variables.map(({ reads }) => reads)
  for (const scan of context.scans.values()) {
    if (isTemporary(scan.table)) through.push(...(temporary?.get(scan.id)?.fills ?? []))
    else for (const path of scan.uses.keys()) own.set(`${scan.id}.${path}`, { leaf: { scan, path }, uses: new Set() })
  }
  return mergeReads(own, ...through)
}

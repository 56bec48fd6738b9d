import type { Path } from '../../googlesql/ast/name.ts'
import type { Script } from '../../googlesql/ast/script.ts'
import { Failure } from '../../model/failure.ts'
import { type TableRef, tableId } from '../../model/table-ref.ts'
import { namedObjects } from '../named-objects.ts'
import type { NamedAccess } from '../resolve/context.ts'
import { type TemporaryTables, temporaryName } from '../resolve/temporary-table.ts'
import { completeName, type NameDefaults, pathParts } from '../table-name.ts'

/** What a script names, by complete names: the paths as they stand in the tree, and what is done to each. */
export type NamedAt = NamedAccess & { readonly path: Path; readonly isTemporary: boolean }

export function namedAccesses(
  script: Script,
  defaults: NameDefaults,
  temporary: TemporaryTables = new Map(),
): readonly NamedAt[] {
  return namedObjects(script).map(({ path, kind, access, temporary: isMade }) => {
    const own = temporaryName(path) ?? ''
    const isTable = (kind === 'table' || kind === 'unknown') && access !== 'create'
    if (isMade || (isTable && temporary.has(own))) {
      return { path, id: own, ref: { project: '', dataset: '', table: own }, kind, access, isTemporary: true }
    }
    const ref = kind === 'dataset' ? datasetRef(path, defaults) : completeName(path, defaults)
    return { path, id: idOf(ref), ref, kind, access, isTemporary: false }
  })
}

/** A dataset is a place without a table. */
export function idOf(ref: TableRef): string {
  return ref.table === '' ? `${ref.project}.${ref.dataset}` : tableId(ref)
}

function datasetRef(path: Path, { project }: NameDefaults): TableRef {
  const [first = '', second, third] = pathParts(path)
  if (first === '' || third !== undefined) {
    throw new Failure('unknown_name', { detail: `${pathParts(path).join('.')} is not the name of a dataset.` })
  }
  return second === undefined ? { project, dataset: first, table: '' } : { project: first, dataset: second, table: '' }
}

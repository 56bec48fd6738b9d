import type { Path } from '../../googlesql/ast/name.ts'
import type { Script } from '../../googlesql/ast/script.ts'
import { Failure } from '../../model/failure.ts'
import { type TableRef, tableId } from '../../model/table-ref.ts'
import { namedObjects } from '../named-objects.ts'
import type { NamedAccess } from '../resolve/context.ts'
import { completeName, type NameDefaults, pathParts } from '../table-name.ts'

/** What a script names, by complete names: the paths as they stand in the tree, and what is done to each. */
export type NamedAt = NamedAccess & { readonly path: Path }

export function namedAccesses(script: Script, defaults: NameDefaults): readonly NamedAt[] {
  return namedObjects(script).flatMap(({ path, kind, access, temporary }) => {
    if (temporary) return []
    const ref = kind === 'dataset' ? datasetRef(path, defaults) : completeName(path, defaults)
    return [{ path, id: idOf(ref), ref, kind, access }]
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

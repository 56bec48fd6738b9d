import type { Path } from '../../googlesql/ast/name.ts'
import type { CatalogRoutine } from '../../model/catalog.ts'
import { Failure } from '../../model/failure.ts'
import { tableId } from '../../model/table-ref.ts'
import { nearestFunctions } from '../functions/find-function.ts'
import type { Environment } from '../resolve/context.ts'
import { MissingName } from '../resolve/missing-name.ts'
import { completeName, pathParts } from '../table-name.ts'
import { nameOf } from './named-routines.ts'

/** The routine that a name in a call means: one that the text itself makes, else one of a dataset. */
export function findRoutine(name: Path, { context, defaults }: Environment): CatalogRoutine {
  const [first = '', ...rest] = pathParts(name)
  const own = rest.length === 0 ? context.snapshot.routines.get(first.toLowerCase()) : undefined
  if (own?.state === 'found') return own.routine
  if (rest.length === 0 || rest.length > 2) throw unknownFunction(name)
  const ref = completeName(name, defaults)
  const id = tableId(ref)
  const entry = context.snapshot.routines.get(id)
  if (entry === undefined) throw new MissingName('routines', ref)
  if (entry.state === 'missing') {
    const suggestions = [...entry.nearest, ...nearestFunctions(nameOf(name))]
    throw new Failure('unknown_name', { detail: `There is no routine ${id}.`, suggestions })
  }
  context.objects.push({ id, ref, kind: 'routine', access: 'read', etag: entry.routine.etag })
  return entry.routine
}

function unknownFunction(name: Path): Failure {
  const called = nameOf(name).toUpperCase()
  return new Failure('unknown_name', {
    detail: `The function ${called} is not known to Sluice.`,
    suggestions: nearestFunctions(called),
    next: 'Use a built-in function of BigQuery, or write the expression out.',
  })
}

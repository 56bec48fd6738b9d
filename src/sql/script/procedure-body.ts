import type { Path } from '../../googlesql/ast/name.ts'
import type { Script } from '../../googlesql/ast/script.ts'
import { synthetic as at } from '../../googlesql/ast/span.ts'
import type { Statement } from '../../googlesql/ast/statement.ts'
import { rewrite } from '../../googlesql/rewrite.ts'
import { nodesOf } from '../../googlesql/walk.ts'
import type { CatalogRoutine } from '../../model/catalog.ts'
import { tableId } from '../../model/table-ref.ts'
import { identifier } from '../govern/build.ts'
import { namedObjects } from '../named-objects.ts'
import { procedureBody, unfit } from '../routine/routine-body.ts'
import { completeName, pathParts } from '../table-name.ts'

/**
 * The statements of a procedure as they can stand in the place of its call: every name in them is complete, since the
 * caller's defaults are others. Throws `cannot_govern` for a body that would do something else there.
 */
export function inlinedBody(routine: CatalogRoutine, callersProject: string): readonly Statement[] {
  const statements = procedureBody(routine)
  const script: Script = { kind: 'Script', statements, at }
  const own = new Set(
    nodesOf(script, 'CreateTable').flatMap(({ scope, name }) => (scope === 'TEMP' ? name.parts[0].text : [])),
  )
  const complete = new Map<Path, Path>()
  for (const { path, kind, temporary } of namedObjects(script)) {
    const parts = pathParts(path)
    const [first = ''] = parts
    if (temporary || first.toUpperCase() === '_SESSION' || (parts.length === 1 && own.has(first))) continue
    const isComplete = parts.length > 2 || (parts.length === 2 && callersProject === routine.ref.project)
    if (!isComplete || kind === 'dataset')
      throw unfit(routine, `names ${parts.join('.')}, which means another thing to its caller`)
    const id = tableId(completeName(path, { project: routine.ref.project }))
    complete.set(path, { kind: 'Path', parts: [identifier(id)], at })
  }
  return rewrite(script, { Path: (node, original) => complete.get(original) ?? node }).statements
}

import type { Call } from '../../googlesql/ast/movement.ts'
import { Failure } from '../../model/failure.ts'
import { tableId } from '../../model/table-ref.ts'
import { string } from '../govern/build.ts'
import { otherWays, systemCall, systemProcedureName } from '../routine/system-procedure.ts'
import { catalogTable } from '../statement/catalog-table.ts'
import { openPart, type ScriptState } from './state.ts'

/** A call of one of BigQuery's own procedures: policy sees what it does to the relation, and that gets its complete name. */
export function readSystemCall(call: Call, state: ScriptState): void {
  const called = systemCall(call)
  if (called === undefined) throw unserved(call)
  const { procedure, path } = called
  const env = openPart(state)
  const { ref, kind, etag } = catalogTable(path, env)
  const id = tableId(ref)
  if (kind !== procedure.of) {
    const detail = `${systemProcedureName(call)} is for ${nouns[procedure.of]}, and ${id} is none.`
    throw new Failure('query_invalid', { detail })
  }
  env.context.objects.push({ id, ref, kind, access: procedure.access, etag })
  state.expansions.set(call, { ...call, args: [string(id)] })
}

const nouns = { materialized_view: 'materialized views', external: 'external tables' } as const

function unserved(call: Call): Failure {
  const name = systemProcedureName(call)
  const next = otherWays[name] ?? 'Name one materialized view or external table in a string literal.'
  return new Failure('statement_unsupported', { detail: `This call of ${name} is not served.`, next })
}

import type { Call } from '../../googlesql/ast/movement.ts'
import type { Path } from '../../googlesql/ast/name.ts'
import type { RelationKind } from '../../model/catalog.ts'
import type { Access } from '../../model/statement.ts'
import { identifier } from '../govern/build.ts'
import { pathParts } from '../table-name.ts'

/** A procedure of BigQuery itself: what it does to the one relation that its only argument names. */
export type SystemProcedure = {
  readonly access: Access
  readonly of: Extract<RelationKind, 'materialized_view' | 'external'>
}

const procedures: Readonly<Record<string, SystemProcedure>> = {
  'BQ.REFRESH_MATERIALIZED_VIEW': { access: 'write', of: 'materialized_view' },
  'BQ.REFRESH_EXTERNAL_METADATA_CACHE': { access: 'alter', of: 'external' },
}

/** Why the others are not served, where there is another way. */
export const otherWays: Readonly<Record<string, string>> = {
  'BQ.JOBS.CANCEL': 'Cancel the job through the REST API: jobs.cancel.',
  'BQ.ABORT_SESSION': 'Leave it to end by itself: sessions of BigQuery are not served.',
}

/** `BQ.JOBS.CANCEL`: no dataset can be called so. */
export function isSystemProcedure({ name }: Call): boolean {
  return pathParts(name)[0]?.toUpperCase() === 'BQ'
}

export function systemProcedureName({ name }: Call): string {
  return pathParts(name).join('.').toUpperCase()
}

/** The relation that a call names and what happens to it; undefined for a call that is not served. */
export function systemCall(call: Call): { readonly procedure: SystemProcedure; readonly path: Path } | undefined {
  const procedure = isSystemProcedure(call) ? procedures[systemProcedureName(call)] : undefined
  const [argument, second] = call.args
  if (procedure === undefined || argument?.kind !== 'StringLiteral' || second !== undefined) return undefined
  return { procedure, path: { kind: 'Path', parts: [identifier(argument.value)], at: argument.at } }
}

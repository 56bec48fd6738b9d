import type { Identifier, Path } from '../../googlesql/ast/name.ts'
import type { TableReference } from '../../googlesql/ast/table.ts'
import type { CatalogTable } from '../../model/catalog.ts'
import { Failure } from '../../model/failure.ts'
import type { TableRef } from '../../model/table-ref.ts'
import { completeName, impliedAlias, isSchemaView, isWholePath, sameName } from '../table-name.ts'
import { type Environment, resolveExpression, type Scope, scopeOf } from './context.ts'
import { findTable } from './find-table.ts'
import { schemaView } from './information-schema.ts'
import { baseColumns } from './leaves.ts'
import { lookUp } from './lookup.ts'
import { emptyFrom, type FromScope, type Relation } from './relation.ts'
import { rowsNamed, sideBySide, valueNamed } from './rows.ts'
import { scanOf } from './scan.ts'
import { type TemporaryTable, temporaryInFrom, temporaryRelation } from './temporary-table.ts'
import { offsetColumn, rowsOfArray } from './unnest.ts'
import { expandView } from './view.ts'
import { wildcardScan } from './wildcard.ts'
import { findCommonTable } from './with-entries.ts'

/** A name in FROM: an array path where its first part is in scope, else a common table, else a table of the catalog. */
export function resolveTable(node: TableReference, env: Environment, left: FromScope): FromScope {
  if (isArrayPath(node.path, scopeOf(env, left))) return resolveArrayPath(node, scopeOf(env, left))
  if (node.offset !== undefined) {
    throw new Failure('query_invalid', { detail: 'WITH OFFSET stands behind arrays only.' })
  }
  const alias = node.alias?.text ?? impliedAlias(node.path)
  const common = findCommonTable(node.path, env)
  const temporary = common === undefined ? temporaryInFrom(node.path, env) : undefined
  if (temporary !== undefined) return rowsNamed(alias, resolveTemporary(node, alias, temporary, env))
  if (common === undefined) return rowsNamed(alias, resolveCatalogTable(node, alias, env))
  refuseTimeTravel(node, alias)
  env.context.resolutions.set(node, { kind: 'common_table' })
  return rowsNamed(alias, common)
}

/** Of several parts, the first of which names something that can be seen here; never written in one pair of backticks. */
function isArrayPath(path: Path, scope: Scope): boolean {
  const [head, second] = path.parts
  if (second === undefined || isWholePath(path)) return false
  for (let here: Scope | undefined = scope; here !== undefined; here = here.outer) {
    if (isInScope(head, here.from)) return true
  }
  return false
}

function isInScope({ text }: Identifier, { ranges }: FromScope): boolean {
  return ranges.some(({ name }) => name !== undefined && sameName(name, text))
}

function resolveArrayPath(node: TableReference, scope: Scope): FromScope {
  const array = lookUp(node.path.parts, scope)
  refuseTimeTravel(node, 'an array')
  scope.env.context.resolutions.set(node, { kind: 'array' })
  const element = rowsOfArray(array)
  return sideBySide(valueNamed(node.alias?.text ?? node.path.parts.at(-1)?.text, element), ...offsetColumn(node.offset))
}

function resolveTemporary(
  node: TableReference,
  alias: string,
  table: TemporaryTable,
  { context }: Environment,
): Relation {
  refuseTimeTravel(node, 'a temporary table')
  const { scan, columns } = temporaryRelation(table, context)
  context.resolutions.set(node, { kind: 'base', scan, alias })
  return { columns }
}

function resolveCatalogTable(node: TableReference, alias: string, env: Environment): Relation {
  const { context } = env
  const ref = completeName(node.path, env.defaults)
  if (node.systemTime !== undefined) {
    context.features.add('time_travel')
    resolveExpression(node.systemTime, { env, from: emptyFrom, outer: undefined })
  }
  const table = ref.table.endsWith('*') ? undefined : catalogTable(ref, env)
  if (table?.viewQuery !== undefined) {
    refuseTimeTravel(node, alias)
    const view = expandView(table, context)
    context.resolutions.set(node, { kind: 'view', view, alias })
    return view.relation
  }
  const scan = table === undefined ? wildcardScan(ref, context) : scanOf(table, context)
  context.resolutions.set(node, { kind: 'base', scan, alias })
  return { columns: baseColumns(scan) }
}

function catalogTable(ref: TableRef, env: Environment): CatalogTable {
  if (isSchemaView(ref)) {
    env.context.features.add('information_schema')
    return schemaView(ref)
  }
  return findTable(ref, env.context)
}

function refuseTimeTravel({ systemTime }: TableReference, what: string): void {
  if (systemTime === undefined) return
  throw new Failure('cannot_govern', { detail: `FOR SYSTEM_TIME applies to tables, and ${what} is none.` })
}

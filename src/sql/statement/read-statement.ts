import type { Statement } from '../../googlesql/ast/statement.ts'
import { Failure } from '../../model/failure.ts'
import { type Environment, resolveQuery } from '../resolve/context.ts'
import { type Column, realize } from '../resolve/relation.ts'
import { resolveDelete, resolveInsert, resolveMerge, resolveTruncate, resolveUpdate } from './change.ts'
import { checkParts, resolveAlter, resolveCreateTable, resolveCreateView, resolveExport } from './definition.ts'
import { resolveRoutineDefinition } from './routine.ts'

/** Notes all that a statement reads and changes; gives the columns of its answer, or of what it makes of a query. */
export function readStatement(statement: Statement, env: Environment): readonly Column[] {
  switch (statement.kind) {
    case 'QueryStatement': {
      const { columns } = resolveQuery(statement.query, env)
      for (const column of columns) realize(column.reads, 'select')
      return columns
    }
    case 'Insert':
      resolveInsert(statement, env)
      return []
    case 'Update':
      resolveUpdate(statement, env)
      return []
    case 'Delete':
      resolveDelete(statement, env)
      return []
    case 'Merge':
      resolveMerge(statement, env)
      return []
    case 'Truncate':
      resolveTruncate(statement, env)
      return []
    case 'CreateTable':
      return resolveCreateTable(statement, env)
    case 'CreateView':
      return resolveCreateView(statement, env)
    case 'ExportData':
      return resolveExport(statement, env)
    case 'CreateFunction':
    case 'CreateTableFunction':
      resolveRoutineDefinition(statement, env)
      return []
    case 'Alter':
      return resolveAlter(statement, env)
    case 'CreateSchema':
    case 'Drop':
    case 'Grant':
    case 'Revoke':
      checkParts(statement, env)
      return []
    default:
      throw new Failure('statement_unsupported')
  }
}

const served: ReadonlySet<Statement['kind']> = new Set([
  'QueryStatement',
  ...(['Insert', 'Update', 'Delete', 'Merge', 'Truncate'] as const),
  ...(['CreateTable', 'CreateView', 'CreateSchema', 'Drop', 'Alter'] as const),
  ...(['CreateFunction', 'CreateTableFunction'] as const),
  ...(['Grant', 'Revoke', 'ExportData'] as const),
])

/** The others Sluice keeps away from: models run code, and the rest are the whole organization's. */
const servedObjects: ReadonlySet<string> = new Set([
  ...['TABLE', 'SNAPSHOT TABLE', 'EXTERNAL TABLE', 'VIEW', 'MATERIALIZED VIEW', 'SCHEMA'],
])
const servedDrops: ReadonlySet<string> = new Set([...servedObjects, 'FUNCTION', 'TABLE FUNCTION', 'PROCEDURE'])

/** Whether a statement can be governed; the others are recognised, described to the policy, and refused. */
export function isServed(statement: Statement): boolean {
  if (!served.has(statement.kind)) return false
  switch (statement.kind) {
    case 'Drop':
      return servedDrops.has(statement.object)
    case 'Alter':
      return servedObjects.has(statement.object)
    case 'CreateFunction':
    case 'CreateTableFunction':
      return statement.scope === undefined
    case 'Grant':
    case 'Revoke':
      return statement.object !== undefined && servedObjects.has(statement.object)
    case 'CreateSchema':
      return !statement.external
    default:
      return true
  }
}

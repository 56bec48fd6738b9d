import type { ObjectType } from '../googlesql/ast/alteration.ts'
import type { Path } from '../googlesql/ast/name.ts'
import type { Node } from '../googlesql/ast/node.ts'
import type { Script } from '../googlesql/ast/script.ts'
import { children } from '../googlesql/walk.ts'
import type { Access, ObjectKind } from '../model/statement.ts'
import { namedPaths } from './named-tables.ts'
import { routineCalledBy } from './routine/named-routines.ts'

/** An object as a script names it. What a relation in FROM is, only the catalog knows. */
export type NamedObject = {
  readonly path: Path
  readonly kind: ObjectKind
  readonly access: Access
  /** It lives and dies with the session. */
  readonly temporary: boolean
}

/** Everything a script reads or changes by name: the tables of its queries and changes, and the targets of its other statements. */
export function namedObjects(script: Script): readonly NamedObject[] {
  const tables = namedPaths(script).map(({ path, access }) => object(path, 'unknown', access))
  return [...tables, ...targetsBelow(script, new Set())]
}

/** In the order of the text: the statements behind it know a temporary table by its name alone. */
function targetsBelow(node: Node, temporary: Set<string>): readonly NamedObject[] {
  const own = targetOf(node)
  const target = own && { ...own, temporary: own.temporary || isAmong(temporary, own) }
  const below = children(node).flatMap(child => targetsBelow(child, temporary))
  if (node.kind === 'CreateTable' && node.scope === 'TEMP') temporary.add(node.name.parts[0].text)
  return target === undefined ? below : [target, ...below]
}

function isAmong(names: ReadonlySet<string>, { path, kind, access }: NamedObject): boolean {
  const [first, second] = path.parts
  return kind === 'table' && access !== 'create' && second === undefined && names.has(first.text)
}

function targetOf(node: Node): NamedObject | undefined {
  switch (node.kind) {
    case 'CreateSchema':
      return object(node.name, 'dataset', 'create')
    case 'CreateTable':
      return object(node.name, tableForms[node.form ?? 'TABLE'], 'create', node.scope === 'TEMP')
    case 'CreateView':
      return object(node.name, node.form === 'MATERIALIZED' ? 'materialized_view' : 'view', 'create', isTemporary(node))
    case 'CreateModel':
      return object(node.name, 'model', 'create', isTemporary(node))
    case 'CreateFunction':
    case 'CreateTableFunction':
    case 'CreateProcedure':
      return object(node.name, 'routine', 'create', isTemporary(node))
    case 'CreateEntity':
    case 'CreateConstant':
    case 'CreatePropertyGraph':
      return object(node.name, 'unknown', 'create')
    case 'LoadData':
      return object(node.name, 'unknown', 'write', node.temporary)
    case 'ExportMetadata':
      return object(node.name, 'unknown', 'export')
    case 'ExportModel':
      return object(node.name, 'model', 'export')
    case 'FunctionCall':
    case 'TableFunction':
    case 'Call': {
      const called = routineCalledBy(node)
      return called && object(called, 'routine', 'read')
    }
    case 'ModelArgument':
      return object(node.path, 'model', 'read')
    default:
      return changedBy(node)
  }
}

function changedBy(node: Node): NamedObject | undefined {
  switch (node.kind) {
    case 'Drop':
      // An index belongs to its table.
      return node.on === undefined ? object(node.name, kinds[node.object], 'drop') : object(node.on, 'table', 'alter')
    case 'Undrop':
      return object(node.name, kinds[node.object], 'create')
    case 'Alter':
      // The table of an index is among the tables already.
      if (node.name === undefined || node.on !== undefined) return undefined
      return object(node.name, kinds[node.object], 'alter')
    case 'DropRowAccessPolicy':
      return object(node.table, 'table', 'alter')
    case 'Grant':
    case 'Revoke':
      return object(node.name, node.object === undefined ? 'unknown' : kinds[node.object], 'grant')
    default:
      return undefined
  }
}

const tableForms = { TABLE: 'table', EXTERNAL: 'external', SNAPSHOT: 'snapshot' } as const

const kinds: Readonly<Record<ObjectType, ObjectKind>> = {
  TABLE: 'table',
  'EXTERNAL TABLE': 'external',
  'SNAPSHOT TABLE': 'snapshot',
  VIEW: 'view',
  'MATERIALIZED VIEW': 'materialized_view',
  'APPROX VIEW': 'view',
  SCHEMA: 'dataset',
  'EXTERNAL SCHEMA': 'dataset',
  FUNCTION: 'routine',
  'TABLE FUNCTION': 'routine',
  PROCEDURE: 'routine',
  MODEL: 'model',
  INDEX: 'unknown',
  'SEARCH INDEX': 'unknown',
  'VECTOR INDEX': 'unknown',
  CONSTANT: 'unknown',
  CAPACITY: 'unknown',
  BI_CAPACITY: 'unknown',
  RESERVATION: 'unknown',
  ASSIGNMENT: 'unknown',
  ORGANIZATION: 'unknown',
  PROJECT: 'unknown',
  DATABASE: 'unknown',
  CONNECTION: 'unknown',
  DATA_POLICY: 'unknown',
  'PROPERTY GRAPH': 'unknown',
}

function isTemporary({ scope }: { readonly scope: string | undefined }): boolean {
  return scope === 'TEMP'
}

function object(path: Path, kind: ObjectKind, access: Access, temporary = false): NamedObject {
  return { path, kind, access, temporary }
}

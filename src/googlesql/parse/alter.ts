import type {
  AddColumn,
  Alter,
  AlterAction,
  AlterColumn,
  AlterConstraint,
  AlterRowAccessPolicy,
  ColumnPosition,
  ObjectType,
} from '../ast/alteration.ts'
import type { Path } from '../ast/name.ts'
import type { TokenText } from '../lex/tokens.ts'
import { parseColumnChange } from './alter-column.ts'
import { parseAlterAllPolicies, parseAlterRowAccessPolicy } from './alter-policy.ts'
import { parseColumnDefinition } from './columns.ts'
import { parseConstraint, parseEnforced } from './constraints.ts'
import type { Cursor } from './cursor.ts'
import { parseIfExists, parseIfNotExists } from './definition-clauses.ts'
import { expectObjectType, parseIndexedTable } from './drop.ts'
import { parseTextOrParameter } from './literal-or-parameter.ts'
import { parseOptionList, parseOptions, parsePath, parseTablePath } from './names.ts'
import { takeWord } from './plain-words.ts'

export function parseAlter(c: Cursor): Alter | AlterRowAccessPolicy {
  const { start } = c
  c.expect('ALTER')
  if (c.is('ROW')) return parseAlterRowAccessPolicy(c, start)
  if (c.is('ALL')) return parseAlterAllPolicies(c, start)
  const object = expectObjectType(c, alterable)
  const ifExists = parseIfExists(c)
  const mayLackName = object === 'ORGANIZATION' || object === 'PROJECT'
  const name = mayLackName && c.is('SET') ? undefined : parseAlteredName(c, object)
  const on = parseIndexedTable(c, object)
  const actions = c.list(parseAction)
  return { kind: 'Alter', object, ifExists, name, on, actions, at: c.span(start) }
}

const alterable: readonly ObjectType[] = [
  ...(['TABLE', 'VIEW', 'MATERIALIZED VIEW', 'APPROX VIEW', 'SCHEMA', 'EXTERNAL SCHEMA', 'MODEL'] as const),
  ...(['SEARCH INDEX', 'VECTOR INDEX', 'CAPACITY', 'BI_CAPACITY', 'RESERVATION', 'ASSIGNMENT'] as const),
  ...(['ORGANIZATION', 'PROJECT', 'DATABASE', 'CONNECTION', 'DATA_POLICY'] as const),
]

function parseAlteredName(c: Cursor, object: ObjectType): Path {
  return object === 'TABLE' ? parseTablePath(c) : parsePath(c)
}

type Reader = (c: Cursor, start: number) => AlterAction

const readers: Partial<Record<TokenText, Reader>> = {
  SET: parseSetAction,
  RENAME: parseRename,
  ADD: parseAdd,
  DROP: parseDropAction,
  ALTER: parseAlterAction,
  REBUILD: (c, start) => ({ kind: 'Rebuild', at: c.span(start) }),
}

function parseAction(c: Cursor): AlterAction {
  const { start } = c
  const reader = readers[c.text]
  if (reader === undefined) throw c.failure(Object.keys(readers).join(' or '))
  c.advance()
  return reader(c, start)
}

function parseSetAction(c: Cursor, start: number): AlterAction {
  if (c.takeAll('DEFAULT', 'COLLATE'))
    return { kind: 'SetCollate', collate: parseTextOrParameter(c), at: c.span(start) }
  c.expect('OPTIONS')
  return { kind: 'SetOptions', options: parseOptionList(c), at: c.span(start) }
}

function parseRename(c: Cursor, start: number): AlterAction {
  if (!c.take('COLUMN')) {
    c.expect('TO')
    return { kind: 'RenameTo', name: parsePath(c), at: c.span(start) }
  }
  const ifExists = parseIfExists(c)
  const from = c.identifier('a column')
  c.expect('TO')
  return { kind: 'RenameColumn', ifExists, from, to: c.identifier('a column'), at: c.span(start) }
}

function parseAdd(c: Cursor, start: number): AlterAction {
  if (c.take('COLUMN')) return parseAddColumn(c, start)
  if (c.take('REPLICA')) {
    return { kind: 'AddReplica', name: c.identifier('a replica'), options: parseOptions(c), at: c.span(start) }
  }
  const { start: constraintStart } = c
  const isNamed = c.take('CONSTRAINT')
  const ifNotExists = isNamed && parseIfNotExists(c)
  const name = isNamed ? c.identifier('the name of a constraint') : undefined
  const constraint = parseConstraint(c, name, constraintStart)
  return { kind: 'AddConstraint', ifNotExists, constraint, at: c.span(start) }
}

function parseAddColumn(c: Cursor, start: number): AddColumn {
  const ifNotExists = parseIfNotExists(c)
  const column = parseColumnDefinition(c)
  const position = parsePosition(c)
  const isFilled = takeWord(c, 'FILL')
  if (isFilled) c.expect('USING')
  const fill = isFilled ? c.expression() : undefined
  return { kind: 'AddColumn', ifNotExists, column, position, fill, at: c.span(start) }
}

function parsePosition(c: Cursor): ColumnPosition | undefined {
  const { start } = c
  const side = c.takeAny(['PRECEDING', 'FOLLOWING'])
  if (side === undefined) return undefined
  return { kind: 'ColumnPosition', side, column: c.identifier('a column'), at: c.span(start) }
}

function parseDropAction(c: Cursor, start: number): AlterAction {
  if (c.takeAll('PRIMARY', 'KEY')) return { kind: 'DropPrimaryKey', ifExists: parseIfExists(c), at: c.span(start) }
  if (c.take('REPLICA')) return { kind: 'DropReplica', name: c.identifier('a replica'), at: c.span(start) }
  const kind = c.expectAny(['COLUMN', 'CONSTRAINT']) === 'COLUMN' ? 'DropColumn' : 'DropConstraint'
  const ifExists = parseIfExists(c)
  return { kind, ifExists, name: c.identifier('a name'), at: c.span(start) }
}

function parseAlterAction(c: Cursor, start: number): AlterColumn | AlterConstraint {
  const isColumn = c.expectAny(['COLUMN', 'CONSTRAINT']) === 'COLUMN'
  const ifExists = parseIfExists(c)
  const name = c.identifier('a name')
  if (isColumn) return { kind: 'AlterColumn', ifExists, name, change: parseColumnChange(c), at: c.span(start) }
  const enforced = parseEnforced(c)
  if (enforced === undefined) c.expectAll('SET', 'OPTIONS')
  const options = enforced === undefined ? parseOptionList(c) : undefined
  return { kind: 'AlterConstraint', ifExists, name, enforced, options, at: c.span(start) }
}

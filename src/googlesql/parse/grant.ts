import type { Grant, Privilege, Revoke } from '../ast/movement.ts'
import { tokenType } from '../lex/tokens.ts'
import type { Cursor } from './cursor.ts'
import { takeObjectType } from './drop.ts'
import { parseTextOrParameter } from './literal-or-parameter.ts'
import { parsePath } from './names.ts'

export function parseGrant(c: Cursor): Grant {
  const { start } = c
  c.expect('GRANT')
  return { kind: 'Grant', ...parseGrantBody(c, 'TO'), at: c.span(start) }
}

export function parseRevoke(c: Cursor): Revoke {
  const { start } = c
  c.expect('REVOKE')
  return { kind: 'Revoke', ...parseGrantBody(c, 'FROM'), at: c.span(start) }
}

function parseGrantBody(c: Cursor, preposition: 'TO' | 'FROM'): Omit<Grant, 'kind' | 'at'> {
  const privileges = parsePrivileges(c)
  c.expect('ON')
  // A kind of object is one only where a name follows it.
  const { position } = c
  let object = takeObjectType(c)
  if (object !== undefined && !c.isIdentifier()) {
    c.position = position
    object = undefined
  }
  const other = object === undefined ? parseOtherObject(c) : {}
  const name = parsePath(c, 'a name')
  c.expect(preposition)
  return { privileges, object, ...other, name, grantees: c.list(parseTextOrParameter) }
}

/** One word or two in front of the name, which are no kind of object that BigQuery has. */
function parseOtherObject(c: Cursor): Pick<Grant, 'otherObject'> {
  if (!c.isIdentifier() || !c.isIdentifier(1)) return {}
  c.lacks('grantKind', c.start)
  const first = c.identifier()
  return { otherObject: c.isIdentifier(1) ? [first, c.identifier()] : [first] }
}

function parsePrivileges(c: Cursor): readonly Privilege[] {
  if (!c.take('ALL')) return c.list(parsePrivilege)
  c.take('PRIVILEGES')
  return []
}

function parsePrivilege(c: Cursor): Privilege {
  const { start } = c
  if (c.is('ALL')) throw c.failure('a role or a privilege', 'ALL stands alone.')
  const name = c.type === tokenType.reserved ? c.takeName() : c.identifier('a role or a privilege')
  const columns = c.is('(') ? c.parenthesized(item => parsePath(item, 'a column')) : []
  return { kind: 'Privilege', name, columns, at: c.span(start) }
}

import type { AlterRowAccessPolicy, RevokeFrom, RowAccessPolicyAction } from '../ast/alteration.ts'
import type { Cursor } from './cursor.ts'
import { parseIfExists } from './definition-clauses.ts'
import { parseTextOrParameter } from './literal-or-parameter.ts'
import { parsePath } from './names.ts'

/** `ALTER ROW [ACCESS] POLICY [IF EXISTS] name ON table action, …` */
export function parseAlterRowAccessPolicy(c: Cursor, start: number): AlterRowAccessPolicy {
  c.expectAll('ROW', 'ACCESS', 'POLICY')
  const ifExists = parseIfExists(c)
  const name = c.identifier('the name of a policy')
  c.expect('ON')
  const table = parsePath(c)
  return { kind: 'AlterRowAccessPolicy', ifExists, name, table, actions: c.list(parseAction), at: c.span(start) }
}

/** `ALTER ALL ROW ACCESS POLICIES ON table REVOKE FROM …` */
export function parseAlterAllPolicies(c: Cursor, start: number): AlterRowAccessPolicy {
  c.expectAll('ALL', 'ROW', 'ACCESS', 'POLICIES', 'ON')
  const table = parsePath(c)
  const { start: actionStart } = c
  c.expect('REVOKE')
  const actions = [parseRevoke(c, actionStart)]
  return { kind: 'AlterRowAccessPolicy', ifExists: false, name: undefined, table, actions, at: c.span(start) }
}

function parseAction(c: Cursor): RowAccessPolicyAction {
  const { start } = c
  if (c.takeAll('GRANT', 'TO')) return { kind: 'GrantTo', grantees: parseGrantees(c), at: c.span(start) }
  if (c.take('REVOKE')) return parseRevoke(c, start)
  if (c.takeAll('RENAME', 'TO')) {
    return { kind: 'RenamePolicy', name: c.identifier('the name of a policy'), at: c.span(start) }
  }
  c.expect('FILTER', 'A policy takes GRANT TO, REVOKE FROM, FILTER USING and RENAME TO.')
  c.expectAll('USING', '(')
  const filter = c.expression()
  c.expect(')')
  return { kind: 'FilterUsing', filter, at: c.span(start) }
}

function parseRevoke(c: Cursor, start: number): RevokeFrom {
  c.expect('FROM')
  return { kind: 'RevokeFrom', grantees: c.take('ALL') ? [] : parseGrantees(c), at: c.span(start) }
}

function parseGrantees(c: Cursor): RevokeFrom['grantees'] {
  return c.parenthesized(parseTextOrParameter)
}

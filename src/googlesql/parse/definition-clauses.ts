import type { Expression } from '../ast/expression.ts'
import type { Path } from '../ast/name.ts'
import type { Connection, Scope } from '../ast/table-definition.ts'
import type { Cursor } from './cursor.ts'
import { parseTextOrParameter } from './literal-or-parameter.ts'
import { parsePath, parseTablePath } from './names.ts'

/** What stands between CREATE and the kind of object. */
export type CreateHead = { readonly start: number; readonly orReplace: boolean; readonly scope: Scope | undefined }

type NewName = { readonly ifNotExists: boolean; readonly name: Path }

/** `[IF NOT EXISTS] name` */
export function parseNewName(c: Cursor, expected: string): NewName {
  return { ifNotExists: parseIfNotExists(c), name: parsePath(c, expected) }
}

/** The same for what may hold dashes in its project: tables and views. */
export function parseNewTableName(c: Cursor, expected: string): NewName {
  return { ifNotExists: parseIfNotExists(c), name: parseTablePath(c, expected) }
}

export function parseIfNotExists(c: Cursor): boolean {
  return c.takeAll('IF', 'NOT', 'EXISTS')
}

export function parseIfExists(c: Cursor): boolean {
  return c.takeAll('IF', 'EXISTS')
}

/** `WITH CONNECTION path`, `WITH CONNECTION DEFAULT` */
export function parseConnection(c: Cursor): Connection | undefined {
  const { start } = c
  if (!c.takeAll('WITH', 'CONNECTION')) return undefined
  const path = c.take('DEFAULT') ? undefined : parsePath(c, 'a connection or DEFAULT')
  return { kind: 'Connection', path, at: c.span(start) }
}

/** `DEFAULT COLLATE 'und:ci'` */
export function parseDefaultCollate(c: Cursor): Expression | undefined {
  return c.takeAll('DEFAULT', 'COLLATE') ? parseTextOrParameter(c) : undefined
}

export function parseClusterBy(c: Cursor): readonly Expression[] {
  return c.takeAll('CLUSTER', 'BY') ? c.list(item => item.expression()) : []
}

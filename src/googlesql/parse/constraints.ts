import type { Identifier } from '../ast/name.ts'
import type { Check, ForeignKey, PrimaryKey, Reference, ReferentialAction } from '../ast/table-definition.ts'
import type { Cursor } from './cursor.ts'
import { parseIdentifiers, parseOptions, parsePath } from './names.ts'

export type Constraint = PrimaryKey | ForeignKey | Check

/** A constraint among the columns of a table; a column may be called `check` or `constraint`. Only a primary key has no name there. */
export function parseElementConstraint(c: Cursor): Constraint | undefined {
  const { start } = c
  const isNamed = c.is('CONSTRAINT') && startsConstraint(c, 2) && !c.isAt(2, 'PRIMARY')
  if (!isNamed && !startsConstraint(c, 0)) return undefined
  const name = c.take('CONSTRAINT') ? c.identifier() : undefined
  return parseConstraint(c, name, start)
}

function startsConstraint(c: Cursor, ahead: number): boolean {
  if (c.isAt(ahead, 'CHECK')) return c.isAt(ahead + 1, '(')
  return (c.isAt(ahead, 'PRIMARY') || c.isAt(ahead, 'FOREIGN')) && c.isAt(ahead + 1, 'KEY')
}

/** What follows `CONSTRAINT name`, which is at `start`. */
export function parseConstraint(c: Cursor, name: Identifier | undefined, start: number): Constraint {
  if (c.takeAll('PRIMARY', 'KEY')) return parsePrimaryKey(c, name, start)
  if (c.takeAll('FOREIGN', 'KEY')) return parseForeignKey(c, name, start)
  c.expect('CHECK', 'Constraints are PRIMARY KEY, FOREIGN KEY and CHECK.')
  c.expect('(')
  const condition = c.expression()
  c.expect(')')
  return { kind: 'Check', name, condition, ...parseConstraintEnding(c), at: c.span(start) }
}

function parsePrimaryKey(c: Cursor, name: Identifier | undefined, start: number): PrimaryKey {
  const columns = parseIdentifiers(c)
  return { kind: 'PrimaryKey', name, columns, ...parseConstraintEnding(c), at: c.span(start) }
}

function parseForeignKey(c: Cursor, name: Identifier | undefined, start: number): ForeignKey {
  const columns = parseIdentifiers(c)
  const references = parseReference(c)
  return { kind: 'ForeignKey', name, columns, references, ...parseConstraintEnding(c), at: c.span(start) }
}

function parseConstraintEnding(c: Cursor): Pick<Check, 'enforced' | 'options'> {
  return { enforced: parseEnforced(c), options: parseOptions(c) }
}

/** `[NOT] ENFORCED` */
export function parseEnforced(c: Cursor): boolean | undefined {
  if (c.takeAll('NOT', 'ENFORCED')) return false
  return c.take('ENFORCED') ? true : undefined
}

/** `REFERENCES t (a, b) [MATCH …] [ON UPDATE …] [ON DELETE …]` */
export function parseReference(c: Cursor): Reference {
  const { start } = c
  c.expect('REFERENCES')
  const table = parsePath(c, 'a table name')
  const columns = parseIdentifiers(c)
  const match = c.take('MATCH') ? parseMatch(c) : undefined
  const early = parseAction(c, 'DELETE')
  const onUpdate = parseAction(c, 'UPDATE')
  const onDelete = early ?? parseAction(c, 'DELETE')
  return { kind: 'Reference', table, columns, match, onUpdate, onDelete, at: c.span(start) }
}

function parseMatch(c: Cursor): NonNullable<Reference['match']> {
  if (c.takeAll('NOT', 'DISTINCT')) return 'NOT DISTINCT'
  return c.expectAny(['SIMPLE', 'FULL'])
}

function parseAction(c: Cursor, change: 'UPDATE' | 'DELETE'): ReferentialAction | undefined {
  if (!c.takeAll('ON', change)) return undefined
  if (c.takeAll('NO', 'ACTION')) return 'NO ACTION'
  if (c.takeAll('SET', 'NULL')) return 'SET NULL'
  return c.expectAny(['RESTRICT', 'CASCADE'])
}

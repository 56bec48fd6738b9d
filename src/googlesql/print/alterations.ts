import type { AlterationNode } from '../ast/alteration.ts'
import type { Printer, PrintersOf } from './printer.ts'
import { enforcement } from './table-definitions.ts'
import { quoted, quotedPath } from './words.ts'

export const alterationPrinters: PrintersOf<AlterationNode['kind']> = {
  Drop: (n, p) => {
    const signature = n.parameters === undefined ? '' : `(${p.list(n.parameters)})`
    const rest = `${p.optional('ON ', n.on)}${n.mode === undefined ? '' : ` ${n.mode}`}`
    return `DROP ${n.object}${ifExists(n)} ${quotedPath(n.name)}${signature}${rest}`
  },
  DropRowAccessPolicy: n => `DROP ${policy(n)} ON ${quotedPath(n.table)}`,
  Undrop: (n, p) => {
    const name = `${n.ifNotExists ? ' IF NOT EXISTS' : ''} ${quotedPath(n.name)}`
    return `UNDROP ${n.object}${name}${p.optional('FOR SYSTEM_TIME AS OF ', n.systemTime)}${p.optional('OPTIONS', n.options)}`
  },
  Alter: (n, p) =>
    `ALTER ${n.object}${ifExists(n)}${p.optional('', n.name)}${p.optional('ON ', n.on)} ${p.list(n.actions)}`,
  AlterRowAccessPolicy: (n, p) => `ALTER ${policy(n)} ON ${quotedPath(n.table)} ${p.list(n.actions)}`,
  SetOptions: (n, p) => `SET OPTIONS${p.node(n.options)}`,
  SetCollate: (n, p) => `SET DEFAULT COLLATE ${p.node(n.collate)}`,
  RenameTo: n => `RENAME TO ${quotedPath(n.name)}`,
  AddColumn: (n, p) => {
    const column = `ADD COLUMN${ifNotExists(n)} ${p.node(n.column)}`
    return `${column}${p.optional('', n.position)}${p.optional('FILL USING ', n.fill)}`
  },
  ColumnPosition: n => `${n.side} ${quoted(n.column)}`,
  DropColumn: n => `DROP COLUMN${ifExists(n)} ${quoted(n.name)}`,
  RenameColumn: n => `RENAME COLUMN${ifExists(n)} ${quoted(n.from)} TO ${quoted(n.to)}`,
  AlterColumn: (n, p) => `ALTER COLUMN${ifExists(n)} ${quoted(n.name)} ${p.node(n.change)}`,
  SetType: (n, p) => `SET DATA TYPE ${p.node(n.schema)}`,
  SetColumnOptions: (n, p) => `SET OPTIONS${p.node(n.options)}`,
  SetDefault: (n, p) => `SET DEFAULT ${p.node(n.value)}`,
  SetGenerated: (n, p) => `SET ${p.node(n.generated)}`,
  DropColumnProperty: n => `DROP ${n.property}`,
  AddConstraint: (n, p) => `ADD ${constraint(p.node(n.constraint), n.ifNotExists)}`,
  DropConstraint: n => `DROP CONSTRAINT${ifExists(n)} ${quoted(n.name)}`,
  AlterConstraint: (n, p) => {
    const change = `${enforcement(n)}${p.optional('SET OPTIONS', n.options)}`
    return `ALTER CONSTRAINT${ifExists(n)} ${quoted(n.name)}${change}`
  },
  DropPrimaryKey: n => `DROP PRIMARY KEY${ifExists(n)}`,
  Rebuild: () => 'REBUILD',
  AddReplica: (n, p) => `ADD REPLICA ${quoted(n.name)}${p.optional('OPTIONS', n.options)}`,
  DropReplica: n => `DROP REPLICA ${quoted(n.name)}`,
  GrantTo: (n, p) => `GRANT TO (${p.list(n.grantees)})`,
  RevokeFrom: (n, p) => `REVOKE FROM ${n.grantees.length === 0 ? 'ALL' : grantees(n, p)}`,
  FilterUsing: (n, p) => `FILTER USING (${p.node(n.filter)})`,
  RenamePolicy: n => `RENAME TO ${quoted(n.name)}`,
}

function ifExists(node: { readonly ifExists: boolean }): string {
  return node.ifExists ? ' IF EXISTS' : ''
}

function ifNotExists(node: { readonly ifNotExists: boolean }): string {
  return node.ifNotExists ? ' IF NOT EXISTS' : ''
}

type Policy = { readonly ifExists: boolean; readonly name: Parameters<typeof quoted>[0] | undefined }

function policy(node: Policy): string {
  if (node.name === undefined) return 'ALL ROW ACCESS POLICIES'
  return `ROW ACCESS POLICY${ifExists(node)} ${quoted(node.name)}`
}

/** IF NOT EXISTS stands inside the constraint, behind its first word. */
function constraint(text: string, isOptional: boolean): string {
  return isOptional ? text.replace(/^CONSTRAINT/, 'CONSTRAINT IF NOT EXISTS') : text
}

function grantees(node: { readonly grantees: Parameters<Printer['list']>[0] }, p: Printer): string {
  return `(${p.list(node.grantees)})`
}

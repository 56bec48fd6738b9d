import type { Delete, DmlNode, Insert } from '../ast/dml.ts'
import { hint } from './hints.ts'
import type { Printer, PrintersOf } from './printer.ts'
import { quotedPath } from './words.ts'

export const dmlPrinters: PrintersOf<DmlNode['kind']> = {
  Insert: (n, p) => `${insertHead(n, p)} ${p.node(n.source)}${insertEnding(n, p)}`,
  InsertRows: (n, p) => `VALUES ${p.list(n.rows)}`,
  InsertRow: (n, p) => `(${p.list(n.values)})`,
  Returning: (n, p) => {
    const action = n.withAction ? ` WITH ACTION${p.optional('AS ', n.actionAlias)}` : ''
    return `THEN RETURN${action} ${p.list(n.items)}`
  },
  Delete: (n, p) => `DELETE FROM ${target(n, p)}${ending(n, p)}`,
  Update: (n, p) => `UPDATE ${target(n, p)} SET ${p.list(n.items)}${p.optional('FROM ', n.from)}${ending(n, p)}`,
  Assignment: (n, p) => `${p.node(n.target)} = ${p.node(n.value)}`,
  NestedDml: (n, p) => `(${p.node(n.statement)})`,
  Merge: (n, p) => {
    const into = `MERGE INTO ${quotedPath(n.target)}${p.optional('AS ', n.alias)}`
    return `${into} USING ${p.node(n.source)} ON ${p.node(n.on)} ${p.list(n.clauses, ' ')}`
  },
  MergeClause: (n, p) => `WHEN ${n.when}${p.optional('AND ', n.condition)} THEN ${p.node(n.action)}`,
  MergeInsert: (n, p) => {
    const values = n.values === undefined ? ' ROW' : p.optional('VALUES ', n.values)
    return `INSERT${p.some('(', n.columns, ')')}${values}`
  },
  MergeUpdate: (n, p) => `UPDATE SET ${p.list(n.items)}`,
  MergeDelete: () => 'DELETE',
  Truncate: (n, p) => `TRUNCATE TABLE ${quotedPath(n.target)}${p.optional('WHERE ', n.where)}`,
}

type Inserted = Omit<Insert, 'kind' | 'source'>

/** `INSERT [OR conflict] INTO target [(columns)]` */
export function insertHead(n: Inserted, p: Printer): string {
  const conflict = n.conflict === undefined ? '' : ` OR ${n.conflict}`
  return `INSERT${conflict} INTO ${quotedPath(n.target)}${hint(n, p)}${p.some('(', n.columns, ')')}`
}

export function insertEnding(n: Inserted, p: Printer): string {
  const rows = p.optional('ASSERT_ROWS_MODIFIED ', n.assertRows)
  return `${p.optional('', n.onConflict)}${rows}${p.optional('', n.returning)}`
}

function target(n: Pick<Delete, 'target' | 'hint' | 'alias' | 'offset'>, p: Printer): string {
  return `${quotedPath(n.target)}${hint(n, p)}${p.optional('AS ', n.alias)}${p.optional('', n.offset)}`
}

function ending(n: Pick<Delete, 'where' | 'assertRows' | 'returning'>, p: Printer): string {
  const rows = p.optional('ASSERT_ROWS_MODIFIED ', n.assertRows)
  return `${p.optional('WHERE ', n.where)}${rows}${p.optional('', n.returning)}`
}

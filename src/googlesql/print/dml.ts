import type { Delete, DmlNode } from '../ast/dml.ts'
import type { Printer, PrintersOf } from './printer.ts'
import { quotedPath } from './words.ts'

export const dmlPrinters: PrintersOf<DmlNode['kind']> = {
  Insert: (n, p) => {
    const conflict = n.conflict === undefined ? '' : ` OR ${n.conflict}`
    const head = `INSERT${conflict} INTO ${quotedPath(n.target)}${p.some('(', n.columns, ')')}`
    return `${head} ${p.node(n.source)}${p.optional('ASSERT_ROWS_MODIFIED ', n.assertRows)}${p.optional('', n.returning)}`
  },
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

function target(n: Pick<Delete, 'target' | 'alias' | 'offset'>, p: Printer): string {
  return `${quotedPath(n.target)}${p.optional('AS ', n.alias)}${p.optional('', n.offset)}`
}

function ending(n: Pick<Delete, 'where' | 'assertRows' | 'returning'>, p: Printer): string {
  const rows = p.optional('ASSERT_ROWS_MODIFIED ', n.assertRows)
  return `${p.optional('WHERE ', n.where)}${rows}${p.optional('', n.returning)}`
}

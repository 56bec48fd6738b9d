import type { ColumnType } from '../model/column-type.ts'
import { columnType, type TypeMessage } from './types.ts'

/** One read of a table in the analyzer's own tree. `within` are the WITH entries around it, the outermost first. */
export type ResolvedScan = {
  readonly table: string
  readonly columns: readonly string[]
  readonly within: readonly string[]
}

/** A column of the answer; a name that starts with `$` is one the analyzer made up. No type: BigQuery has none like it. */
export type ResolvedOutput = { readonly name: string; readonly type?: ColumnType }

export type Analysis = { readonly scans: readonly ResolvedScan[]; readonly outputs: readonly ResolvedOutput[] }

type TableScanMessage = {
  readonly table: { readonly name: string; readonly fullName: string }
  readonly parent?: { readonly columnList: readonly { readonly name: string }[] }
}
type OutputMessage = { readonly name: string; readonly column: { readonly type: TypeMessage } }
type CreateTableMessage = { readonly parent?: { readonly columnDefinitionList: readonly DefinitionMessage[] } }
type DefinitionMessage = { readonly name: string; readonly type: TypeMessage }

/** What the tree of a resolved statement reads and answers. `kinds` are the names of TypeKind by number. */
export function readResolved(statement: unknown, kinds: ReadonlyMap<number, string>): Analysis {
  const scans: ResolvedScan[] = []
  const outputs: ResolvedOutput[] = []
  const output = (name: string, message: TypeMessage): ResolvedOutput => {
    const type = columnType(message, kinds)
    return type === undefined ? { name } : { name, type }
  }
  let isDefinition = false
  visit(statement, [], (node, within) => {
    if (isNode(node, 'ResolvedTableScanProto')) {
      const { table, parent } = node as unknown as TableScanMessage
      const columns = (parent?.columnList ?? []).map(column => column.name)
      scans.push({ table: table.fullName === '' ? table.name : table.fullName, columns, within })
    } else if (isNode(node, 'ResolvedCreateTableFunctionStmtProto')) {
      // What the function would answer is no answer of the statement that makes it.
      isDefinition = true
    } else if (!isDefinition && isNode(node, 'ResolvedOutputColumnProto')) {
      const { name, column } = node as unknown as OutputMessage
      outputs.push(output(name, column.type))
    } else if (isNode(node, 'ResolvedCreateTableStmtProto')) {
      // The answer to a definition has the columns of the table, and no rows.
      const { parent } = node as unknown as CreateTableMessage
      for (const { name, type } of parent?.columnDefinitionList ?? []) outputs.push(output(name, type))
    }
  })
  return { scans, outputs }
}

type MessageNode = { readonly $typeName: string; readonly [field: string]: unknown }
type Look = (node: MessageNode, within: readonly string[]) => void

// By the type names of messages, not by known fields: a scan in a place that nobody thought of is found as well.
function visit(value: unknown, within: readonly string[], look: Look): void {
  if (typeof value !== 'object' || value === null || value instanceof Uint8Array) return
  if (Array.isArray(value)) {
    for (const item of value) visit(item, within, look)
    return
  }
  const node = value as MessageNode
  if (isNode(node, 'TypeProto')) return
  const entry = isNode(node, 'ResolvedWithEntryProto') ? [String(node['withQueryName'])] : []
  look(node, within)
  for (const field of Object.values(node)) visit(field, [...within, ...entry], look)
}

function isNode(node: MessageNode, name: string): boolean {
  return node.$typeName === `zetasql.${name}`
}

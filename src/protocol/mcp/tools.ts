import type { Tool } from './tool.ts'
import { describeTable } from './tools/describe-table.ts'
import { executeSql } from './tools/execute-sql.ts'
import { explainPolicy } from './tools/explain-policy.ts'
import { listDatasets } from './tools/list-datasets.ts'
import { listTables } from './tools/list-tables.ts'

/** Every tool there is. A new one is a file and a row here. */
export const tools: readonly Tool[] = [executeSql, listDatasets, listTables, describeTable, explainPolicy]

const byName = new Map(tools.map(tool => [tool.listing.name, tool]))

/** The tool of exactly this name: no trimming, no folding of case. */
export function toolNamed(name: string): Tool | undefined {
  return byName.get(name)
}

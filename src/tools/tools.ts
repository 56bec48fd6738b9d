import { chdb } from './chdb.ts'
import { googlesqlReference } from './googlesql-reference.ts'
import { localBigQuery } from './local-bigquery.ts'
import { opa } from './opa.ts'
import type { Tool } from './tool.ts'

/** Everything outside this package that Sluice may run. */
export const tools = {
  opa,
  'googlesql-reference': googlesqlReference,
  'local-bigquery': localBigQuery,
  chdb,
} as const satisfies Record<string, Tool>

export type ToolName = keyof typeof tools

export function isToolName(name: string): name is ToolName {
  return Object.hasOwn(tools, name)
}

import { readFileSync } from 'node:fs'
import { join } from 'node:path'

/**
 * An expression over `columns.ts` and its type, null where GoogleSQL gives it none. `known_to: bigquery` marks what the
 * analyzer's build lacks.
 */
export type Sample = { readonly sql: string; readonly type: string | null; readonly known_to?: 'bigquery' }

export const samples: readonly Sample[] = readFileSync(join(import.meta.dirname, 'types.jsonl'), 'utf8')
  .trim()
  .split('\n')
  .map(line => JSON.parse(line))

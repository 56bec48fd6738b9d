import type { ColumnType } from './column-type.ts'

const text: ColumnType = { kind: 'scalar', name: 'STRING' }
const count: ColumnType = { kind: 'scalar', name: 'INT64' }
const frame: ColumnType = {
  kind: 'struct',
  fields: [
    { name: 'line', type: count },
    { name: 'column', type: count },
    { name: 'filename', type: text },
    { name: 'location', type: text },
  ],
}

/** BigQuery's own variables that a script may read, by their names in lower case. What they tell comes from the run. */
export const systemVariables: ReadonlyMap<string, ColumnType> = new Map<string, ColumnType>([
  ['row_count', count],
  ['error.message', text],
  ['error.statement_text', text],
  ['error.formatted_stack_trace', text],
  ['error.stack_trace', { kind: 'array', element: frame }],
])

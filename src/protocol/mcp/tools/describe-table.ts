import { z } from 'zod'
import { describeTable as describeRelation, type TableDescription } from '../../../gateway/describe-table.ts'
import { filterText } from '../../../gateway/notices.ts'
import type { CatalogColumn } from '../../../model/catalog.ts'
import { relationKinds } from '../../../model/catalog.ts'
import { typeText } from '../../../model/column-type.ts'
import { tableId } from '../../../model/table-ref.ts'
import { namePart, notice } from '../shapes.ts'
import { showText } from '../show-text.ts'
import { defineTool } from '../tool.ts'

const column = z.strictObject({
  name: z.string(),
  type: z.string(),
  description: z.string().optional(),
  tags: z.array(z.string()).optional().describe('Classifications of the column or its fields.'),
  masks: z.array(z.string()).optional().describe('How its values are masked for you.'),
})

const output = z.strictObject({
  id: z.string(),
  kind: z.enum(relationKinds),
  description: z.string().optional(),
  columns: z.array(column),
  pseudo_columns: z.array(z.string()),
  notices: z.array(notice).describe('What policy does to queries on this table.'),
})

export const describeTable = defineTool({
  name: 'describe_table',
  title: 'Describe a BigQuery table',
  description: 'Shows the columns of a table or view, and what policy masks or filters in it for you.',
  input: z.strictObject({ dataset: namePart, table: namePart, project: namePart.optional() }),
  output,
  run: async ({ dataset, table, project }, { request, desk }) => {
    const wanted = { ...request, dataset, table, ...(project === undefined ? {} : { project }) }
    const outcome = await describeRelation(wanted, desk.ports)
    return outcome.state === 'visible' ? { state: 'answered', output: show(outcome) } : outcome
  },
})

/** Sizes, row counts and the text of views are left out: under a row filter they tell of rows that are not shown. */
function show(description: TableDescription): z.infer<typeof output> {
  const { table, filters } = description
  return {
    id: tableId(table.ref),
    kind: table.kind,
    columns: table.columns.map(each => showColumn(each, description)),
    pseudo_columns: table.pseudoColumns.map(({ name }) => name),
    notices: filters.map(({ table: filtered, filter }) => ({
      kind: 'row_filter',
      table: filtered,
      message: `Queries see only rows where ${filterText(filter.condition)}.`,
    })),
    ...(table.description === undefined ? {} : { description: showText(table.description) }),
  }
}

function showColumn(column: CatalogColumn, { masks }: TableDescription): z.infer<typeof output>['columns'][number] {
  const tags = [...new Set(Object.values(column.tags).flat())]
  const met = masks.filter(mask => mask.column === column.name)
  const { description } = column
  return {
    name: showText(column.name),
    type: typeText(column.type),
    ...(description === undefined ? {} : { description: showText(description) }),
    ...(tags.length === 0 ? {} : { tags }),
    ...(met.length === 0 ? {} : { masks: met.map(({ source, mask }) => `${source}: ${mask}`) }),
  }
}

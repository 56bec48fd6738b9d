import { z } from 'zod'
import { listTables as look } from '../../../gateway/list-tables.ts'
import { relationKinds } from '../../../model/catalog.ts'
import { tableId } from '../../../model/table-ref.ts'
import { namePart } from '../shapes.ts'
import { showText } from '../show-text.ts'
import { defineTool } from '../tool.ts'

const table = z.strictObject({
  id: z.string().describe('project.dataset.table, as queries name it.'),
  kind: z.enum(relationKinds),
  description: z.string().optional(),
})

export const listTables = defineTool({
  name: 'list_tables',
  title: 'List BigQuery tables',
  description: 'Lists the tables and views of a dataset that you may see.',
  input: z.strictObject({ dataset: namePart, project: namePart.optional() }),
  output: z.strictObject({ tables: z.array(table) }),
  run: async ({ dataset, project }, { request, desk }) => {
    const { view } = await look({ ...request, dataset, ...(project === undefined ? {} : { project }) }, desk.ports)
    const tables = view.map(({ ref, kind, description }) => ({
      ...{ id: showText(tableId(ref)), kind },
      ...(description === undefined ? {} : { description: showText(description) }),
    }))
    return { state: 'answered', output: { tables } }
  },
})

import { z } from 'zod'
import { listDatasets as look } from '../../../gateway/list-datasets.ts'
import { namePart } from '../shapes.ts'
import { showText } from '../show-text.ts'
import { defineTool } from '../tool.ts'

const dataset = z.strictObject({
  project: z.string(),
  dataset: z.string(),
  location: z.string(),
  description: z.string().optional(),
})

export const listDatasets = defineTool({
  name: 'list_datasets',
  title: 'List BigQuery datasets',
  description: 'Lists the datasets that you may see.',
  input: z.strictObject({ project: namePart.optional().describe('Another project than the default one.') }),
  output: z.strictObject({ datasets: z.array(dataset) }),
  run: async ({ project }, { request, desk }) => {
    const { view } = await look({ ...request, ...(project === undefined ? {} : { project }) }, desk.ports)
    const datasets = view.map(({ description, ...entry }) => ({
      ...{ project: entry.project, dataset: showText(entry.dataset), location: entry.location },
      ...(description === undefined ? {} : { description: showText(description) }),
    }))
    return { state: 'answered', output: { datasets } }
  },
})

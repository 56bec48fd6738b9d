import { z } from 'zod'
import { Failure } from '../../../model/failure.ts'
import { defineMethod } from '../method.ts'
import { datasetName, labels, locationName, projectName } from '../names.ts'
import { queryString } from '../query-string.ts'
import { runStatement } from '../run-statement.ts'
import { optionsClause, quotedName } from '../statement-text.ts'
import { datasetResource, visibleDataset } from '../visible-dataset.ts'

const newDataset = z.strictObject({
  kind: z.literal('bigquery#dataset').exactOptional(),
  datasetReference: z.strictObject({ projectId: projectName.exactOptional(), datasetId: datasetName }),
  location: locationName.nullable().exactOptional(),
  description: z.string().nullable().exactOptional(),
  friendlyName: z.string().nullable().exactOptional(),
  labels: labels.exactOptional(),
})

/** Makes a dataset: here it is the CREATE SCHEMA that does it. */
export const insertDataset = defineMethod({
  id: 'bigquery.datasets.insert',
  verb: 'POST',
  path: 'projects/{project}/datasets',
  query: queryString({ accessPolicyVersion: z.string().exactOptional() }),
  body: newDataset,
  run: async ({ path: { project }, body, request, desk }) => {
    const { projectId = project, datasetId: dataset } = body.datasetReference
    if (projectId !== project) throw new Failure('request_invalid', { detail: 'The dataset is of another project.' })
    const location = body.location ?? undefined
    const said = { description: body.description ?? undefined, friendly_name: body.friendlyName ?? undefined }
    const options = optionsClause({ location, ...said, labels: body.labels })
    const text = `CREATE SCHEMA ${quotedName(project, dataset)}${options}`
    const done = await runStatement({ text, project, location, request, desk })
    if (done.state !== 'done') return done
    const made = await visibleDataset({ project, dataset }, request, desk)
    return { state: 'answered', body: datasetResource(made, desk), decisionId: done.decisionId }
  },
})

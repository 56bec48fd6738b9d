import { z } from 'zod'
import { alterDefinition } from '../../../gateway/alter-definition.ts'
import { Failure } from '../../../model/failure.ts'
import { alteredDataset } from '../altered-definition.ts'
import { checkUnchanged } from '../check-unchanged.ts'
import { defineMethod } from '../method.ts'
import { queryString } from '../query-string.ts'
import { datasetResource, visibleDataset } from '../visible-dataset.ts'

/** Changes what a dataset is told to be: its words, labels and how long its tables last. Who has access is not changed. */
export const patchDataset = defineMethod({
  id: 'bigquery.datasets.patch',
  verb: 'PATCH',
  path: 'projects/{project}/datasets/{dataset}',
  query: queryString({
    accessPolicyVersion: z.string().exactOptional(),
    updateMode: z.enum(['UPDATE_MODE_UNSPECIFIED', 'UPDATE_METADATA', 'UPDATE_FULL']).exactOptional(),
  }),
  body: alteredDataset,
  refuses: body =>
    typeof body === 'object' && body !== null && 'access' in body
      ? 'access: changing who has access is not granted. The policy of the gateway says it.'
      : undefined,
  run: async ({ path, body, ifMatch, request, desk }) => {
    const { project, dataset } = path
    const { maxTimeTravelHours: hours, ...options } = body
    if (ifMatch !== undefined || hours !== undefined) {
      const { etag, timeTravelHours } = await visibleDataset(path, request, desk)
      if (ifMatch !== undefined) checkUnchanged(ifMatch, etag)
      if (hours !== undefined && hours !== String(timeTravelHours)) throw timeTravelKept()
    }
    const altered = { project, dataset, table: '' }
    const transfer = { kind: 'alter_dataset', altered, sources: [], uris: [], options } as const
    const text = `change the definition of dataset ${project}.${dataset}`
    const done = await alterDefinition({ ...request, transfer, text, project }, desk.ports)
    if (done.state !== 'altered') return done
    const now = await visibleDataset(path, request, desk)
    return { state: 'answered', body: datasetResource(now, desk), decisionId: done.decision.id }
  },
})

function timeTravelKept(): Failure {
  return new Failure('request_invalid', { detail: 'body.maxTimeTravelHours: is not changed through Sluice.' })
}

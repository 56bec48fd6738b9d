import { defineMethod } from '../method.ts'
import { flag, queryString } from '../query-string.ts'
import { answerStatement } from '../run-statement.ts'
import { quotedName } from '../statement-text.ts'

/** Deletes a dataset: here it is the DROP SCHEMA that does it, which takes the tables along only where it is told to. */
export const deleteDataset = defineMethod({
  id: 'bigquery.datasets.delete',
  verb: 'DELETE',
  path: 'projects/{project}/datasets/{dataset}',
  query: queryString({ deleteContents: flag.exactOptional() }),
  run: async ({ path: { project, dataset }, query, request, desk }) => {
    const text = `DROP SCHEMA ${quotedName(project, dataset)} ${query.deleteContents === true ? 'CASCADE' : 'RESTRICT'}`
    return answerStatement({ text, project, request, desk })
  },
})

import { defineMethod } from '../method.ts'
import { count, pageTokenText, queryString } from '../query-string.ts'

/** The project that Sluice stands before; what else exists is not its to tell. */
export const listProjects = defineMethod({
  id: 'bigquery.projects.list',
  verb: 'GET',
  path: 'projects',
  query: queryString({ maxResults: count.exactOptional(), pageToken: pageTokenText.exactOptional() }),
  run: async ({ desk }) => {
    const { project: id } = desk.ports.settings
    const project = { kind: 'bigquery#project', id, projectReference: { projectId: id }, friendlyName: id }
    return { state: 'answered', body: { kind: 'bigquery#projectList', projects: [project], totalItems: 1 } }
  },
})

import { type Method, refusedMethod, type Verb } from './method.ts'

const dataset = 'projects/{project}/datasets/{dataset}'
const table = `${dataset}/tables/{table}`
const routine = `${dataset}/routines/{routine}`
const model = `${dataset}/models/{model}`

type Row = readonly [id: string, verb: Verb, path: string, what: string]

/** What BigQuery can do beyond queries and what these say as well. Nobody is granted any of it here, until policy can speak of it. */
const rows: readonly Row[] = [
  ['batch', 'POST', 'batch', 'several requests in one'],
  ['batch', 'POST', 'batch/bigquery/v2', 'several requests in one'],
  ['projects.getServiceAccount', 'GET', 'projects/{project}/serviceAccount', 'seeing service accounts'],
  ['datasets.update', 'PUT', dataset, 'changing datasets'],
  ['datasets.undelete', 'POST', `${dataset}:undelete`, 'restoring datasets'],
  ['tables.update', 'PUT', table, 'changing tables'],
  ['tables.getIamPolicy', 'POST', `${table}:getIamPolicy`, 'seeing access policies'],
  ['tables.setIamPolicy', 'POST', `${table}:setIamPolicy`, 'changing access policies'],
  ['tables.testIamPermissions', 'POST', `${table}:testIamPermissions`, 'testing access policies'],
  ['rowAccessPolicies.list', 'GET', `${table}/rowAccessPolicies`, 'seeing row access policies'],
  ['rowAccessPolicies.insert', 'POST', `${table}/rowAccessPolicies`, 'changing row access policies'],
  ['routines.insert', 'POST', `${dataset}/routines`, 'making routines'],
  ['routines.update', 'PUT', routine, 'changing routines'],
  ['routines.getIamPolicy', 'POST', `${routine}:getIamPolicy`, 'seeing access policies'],
  ['routines.setIamPolicy', 'POST', `${routine}:setIamPolicy`, 'changing access policies'],
  ['models.patch', 'PATCH', model, 'changing models'],
  ['models.delete', 'DELETE', model, 'deleting models'],
]

export const refusedMethods: readonly Method[] = rows.map(([id, ...row]) => refusedMethod(`bigquery.${id}`, ...row))

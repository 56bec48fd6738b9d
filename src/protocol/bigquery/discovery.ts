import type { Method } from './method.ts'
import { servedMethods } from './methods.ts'
import { refusedMethods } from './refused-methods.ts'

/** What `bq` and other clients built on discovery read first: where the API is and which methods it has. */
export function discoveryDocument(publicUrl: URL): object {
  const root = new URL('/', publicUrl).href
  return {
    kind: 'discovery#restDescription',
    discoveryVersion: 'v1',
    id: 'bigquery:v2',
    name: 'bigquery',
    version: 'v2',
    title: 'BigQuery API through Sluice',
    protocol: 'rest',
    rootUrl: root,
    servicePath: 'bigquery/v2/',
    basePath: '/bigquery/v2/',
    baseUrl: new URL('bigquery/v2/', root).href,
    batchPath: 'batch/bigquery/v2',
    parameters: Object.fromEntries(['alt', 'fields', 'prettyPrint'].map(name => [name, parameter('query')])),
    schemas: { Resource: { id: 'Resource', type: 'object', additionalProperties: { type: 'any' } } },
    resources: resources(),
  }
}

const standard = new Set(['alt', 'fields', 'prettyPrint'])

/** With those that are refused: a client that does not know a method fails on its own, and says nothing of policy. */
const described = [...servedMethods, ...refusedMethods].filter(
  ({ id, path }) => /^bigquery\.\w+\.\w+$/.test(id) && !path.includes(':'),
)

function resources(): object {
  const byResource: Record<string, { methods: Record<string, object> }> = {}
  for (const method of described) {
    const [, resource = '', name = ''] = method.id.split('.')
    byResource[resource] ??= { methods: {} }
    byResource[resource].methods[name] = describe(method)
  }
  return byResource
}

/** Google's own names of the parts of a path, which clients fill in by name. */
const googleNames: Readonly<Record<string, string>> = {
  project: 'projectId',
  dataset: 'datasetId',
  table: 'tableId',
  job: 'jobId',
  model: 'modelId',
  routine: 'routineId',
}

function describe({ id, verb, path, takes, parameters }: Method): object {
  const inPath = [...path.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => googleNames[name] ?? name)
  const inQuery = parameters.filter(name => !standard.has(name))
  return {
    ...{ id, httpMethod: verb, parameterOrder: inPath },
    path: path.replaceAll(/\{(\w+)\}/g, (_, name) => `{+${googleNames[name] ?? name}}`),
    parameters: Object.fromEntries([
      ...inPath.map(name => [name, { ...parameter('path'), required: true }]),
      ...inQuery.map(name => [name, parameter('query')]),
    ]),
    response: { $ref: 'Resource' },
    ...(takes === 'nothing' || verb === 'GET' || verb === 'DELETE' ? {} : { request: { $ref: 'Resource' } }),
    ...(id === 'bigquery.jobs.insert' ? mediaUpload : {}),
  }
}

/** `bq` calls no `jobs.insert` that could not take a file as well. Sending one is refused. */
const mediaUpload = {
  supportsMediaUpload: true,
  mediaUpload: {
    accept: ['*/*'],
    protocols: {
      simple: { multipart: true, path: '/upload/bigquery/v2/projects/{+projectId}/jobs' },
      resumable: { multipart: true, path: '/resumable/upload/bigquery/v2/projects/{+projectId}/jobs' },
    },
  },
}

function parameter(location: 'path' | 'query') {
  return { type: 'string', location }
}

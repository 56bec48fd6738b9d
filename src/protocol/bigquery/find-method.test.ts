import { expect, test } from 'vitest'
import { openFindMethod } from './find-method.ts'
import { servedMethods } from './methods.ts'
import { refusedMethods } from './refused-methods.ts'
import { pathSegments } from './request-path.ts'

const find = openFindMethod([...servedMethods, ...refusedMethods])
const found = (verb: string, path: string) => find(verb, pathSegments(path))

test.each([
  ['POST', '/bigquery/v2/projects/p/queries', 'bigquery.jobs.query', { project: 'p' }],
  ['POST', '/projects/p/queries', 'bigquery.jobs.query', { project: 'p' }],
  ['GET', '/bigquery/v2/projects/example.com:p/jobs/j', 'bigquery.jobs.get', { project: 'example.com:p', job: 'j' }],
  ['GET', '/bigquery/v2/projects', 'bigquery.projects.list', {}],
  [
    'POST',
    '/bigquery/v2/projects/p/datasets/d/tables/t:setIamPolicy',
    'bigquery.tables.setIamPolicy',
    { project: 'p', dataset: 'd', table: 't' },
  ],
  ['POST', '/bigquery/v2/projects/p/datasets/d:undelete', 'bigquery.datasets.undelete', { project: 'p', dataset: 'd' }],
])('%s %s is %s', (verb, path, id, names) => {
  const { method, path: given } = found(verb, path)
  expect(method.id).toBe(id)
  expect(given).toEqual(names)
})

test.each([
  ['DELETE', '/bigquery/v2/projects/p/queries'],
  ['HEAD', '/bigquery/v2/projects/p/datasets'],
  ['POST', '/bigquery/v2beta1/projects/p/queries'],
  ['POST', '/bigquery/v2/projects/p/Queries'],
  ['POST', '/bigquery/v2/projects/p/datasets/d/tables/t:other'],
  ['GET', '/bigquery/v2/projects/p'],
])('%s %s does not exist', (verb, path) => {
  expect(() => found(verb, path)).toThrow('There is no method')
})

test('no two methods have one verb and one path, and each is BigQuery’s', () => {
  const keys = [...servedMethods, ...refusedMethods].map(({ verb, path }) => `${verb} ${path}`)
  expect(new Set(keys).size).toBe(keys.length)
  for (const { id } of servedMethods) expect(id).toMatch(/^bigquery\.[a-z]+\.[a-zA-Z]+$/)
})

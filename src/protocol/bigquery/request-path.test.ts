import { expect, test } from 'vitest'
import { pathSegments } from './request-path.ts'

test('a path is its segments, each decoded once', () => {
  expect(pathSegments('/bigquery/v2/projects/acme/datasets/%68r?x=/y')).toEqual([
    'bigquery',
    'v2',
    'projects',
    'acme',
    'datasets',
    'hr',
  ])
  expect(pathSegments('/a/a%20b%C3%A9')).toEqual(['a', 'a bé'])
})

test.each([
  '/a//b',
  '/a/',
  '/a/./b',
  '/a/../b',
  '/a/%2e%2e/b',
  '/a/b%2fc',
  '/a/b%2Fc',
  '/a/b%5cc',
  '/a/b\\c',
  '/a/%2568r',
  '/a/hr%00',
  '/a/hr%0d%0a',
  '/a/hr;v=1',
  '/a/hr%3f',
  '/a/%E0%A4%A',
  '/a/%ff',
])('%s is refused', target => {
  expect(() => pathSegments(target)).toThrow('path')
})

import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'

type WorldFile = {
  project: string
  location: string
  tables: Record<string, { view?: string; schema?: string; rows?: unknown[] }>
}

function tablesOf(path: string): WorldFile {
  const { project, location, tables } = JSON.parse(readFileSync(join(import.meta.dirname, path), 'utf8')) as WorldFile
  const relations = Object.entries(tables).map(([name, { view, schema, rows }]) => [name, { view, schema, rows }])
  return { project, location, tables: Object.fromEntries(relations) }
}

test('the sandbox has the tables that the attack corpus is about', () => {
  expect(tablesOf('world.json')).toEqual(tablesOf('../../test/corpus/attacks/fixture_world.json'))
})

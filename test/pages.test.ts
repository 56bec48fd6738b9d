import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { describe, expect, test } from 'vitest'

const root = resolve(import.meta.dirname, '..')
const folders = ['', 'docs', 'policies']
const pages = folders.flatMap(folder =>
  readdirSync(join(root, folder))
    .filter(name => name.endsWith('.md'))
    .map(name => join(folder, name)),
)
const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { scripts: Record<string, string> }

describe.each(pages)('%s', page => {
  const text = readFileSync(join(root, page), 'utf8')

  test('links to files that are there', () => {
    const links = [...text.matchAll(/\]\((?!https?:)([^)#\s]+)/g)].map(match => match[1] ?? '')
    const dead = links.filter(link => !existsSync(join(root, dirname(page), link)))
    expect(dead).toEqual([])
  })

  test('names commands that exist', () => {
    const named = [...text.matchAll(/npm run (?:--\w+ )?([a-z][\w:-]*)/g)].map(match => match[1] ?? '')
    expect(named.filter(name => scripts[name] === undefined)).toEqual([])
  })
})

test('every script of package.json runs a file that is there', () => {
  const files = Object.values(scripts).flatMap(script => script.match(/(?:src|test|bench)\/[\w./-]+/g) ?? [])
  expect(files.filter(file => !existsSync(join(root, file)))).toEqual([])
})

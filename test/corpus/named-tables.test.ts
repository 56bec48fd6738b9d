import { existsSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { expect, test } from 'vitest'
import { parseScript } from '../../src/googlesql/parse/parse.ts'
import { SyntaxFailure } from '../../src/googlesql/syntax-failure.ts'
import { nodesOf } from '../../src/googlesql/walk.ts'
import { namedPaths } from '../../src/sql/named-tables.ts'

const corpus = resolve(import.meta.dirname, '../../../shared/corpus/googlesql/queries.jsonl')
const isThere = existsSync(corpus)
if (!isThere) console.info(`skipped: tables are compared over ${corpus}, which is not there`)

type Line = {
  readonly id: number
  readonly sql: string
  readonly reference: string
  readonly tables: readonly (readonly string[])[]
}

/** Tables that are read, and that the reference overlooks: in QUALIFY, in the query of FOR, and as TABLE arguments of CALL. */
const overlooked: Readonly<Record<number, readonly string[]>> = {
  3341: ['["shakespeare"]'],
  4298: ['["animals","dogs"]'],
  4403: ['["my","table"]'],
  4465: ['["test"]'],
  5164: ['["tables","table1"]'],
  5256: ['["T"]'],
}

test.skipIf(!isThere)('the tables of every line that parses are those that the reference extracts', () => {
  const parsed = accepted().flatMap(({ id, sql, tables }) => {
    const ours = tablesOf(sql)
    const all = [...tables.map(path => JSON.stringify(path)), ...(overlooked[id] ?? [])].sort()
    // The reference takes a table that the text makes for itself for one of a dataset.
    const isLasting = (name: string) => !temporaryIn(sql).includes(name)
    return ours === undefined ? [] : [{ id, ours: ours.filter(isLasting), theirs: all.filter(isLasting) }]
  })
  console.info(`${parsed.length} of ${accepted().length} accepted lines parse`)
  expect(parsed.length).toBeGreaterThan(4_850)
  expect(parsed.filter(({ ours, theirs }) => JSON.stringify(ours) !== JSON.stringify(theirs))).toEqual([])
})

function accepted(): readonly Line[] {
  const lines = readFileSync(corpus, 'utf8').trim().split('\n')
  return lines.map(line => JSON.parse(line) as Line).filter(({ reference }) => reference === 'accepts')
}

function temporaryIn(sql: string): readonly string[] {
  const made = nodesOf(parseScript(sql), 'CreateTable').filter(({ scope }) => scope === 'TEMP')
  return made.map(({ name }) => JSON.stringify(name.parts.map(({ text }) => text)))
}

function tablesOf(sql: string): readonly string[] | undefined {
  try {
    const names = namedPaths(parseScript(sql)).map(({ path }) => JSON.stringify(path.parts.map(part => part.text)))
    return [...new Set(names)].sort()
  } catch (failure) {
    if (failure instanceof SyntaxFailure) return undefined
    throw failure
  }
}

import { existsSync } from 'node:fs'
import { beforeAll, describe, expect, test } from 'vitest'
import { columns } from '../../../test/corpus/functions/columns.ts'
import { leftOut } from '../../../test/corpus/functions/left-out.ts'
import { samples } from '../../../test/corpus/functions/samples.ts'
import { parseStatement } from '../../googlesql/parse/parse.ts'
import { nodesOf } from '../../googlesql/walk.ts'
import type { CatalogTable } from '../../model/catalog.ts'
import { typeText } from '../../model/column-type.ts'
import { googlesqlReferenceFiles } from '../../tools/googlesql-reference.ts'
import { type Oracle, openOracle } from '../../verification/oracle.ts'
import { findFunction, functionNames, nearestFunctions } from './find-function.ts'

const isAnalyzerHere = existsSync(googlesqlReferenceFiles().wasmPath)
if (!isAnalyzerHere)
  console.warn("Google's analyzer is not in the tool cache: set-up fetches it. Its tests are skipped.")

const table: CatalogTable = {
  ref: { project: 'acme', dataset: 'types', table: 'x' },
  kind: 'table',
  etag: '1',
  labels: {},
  columns: Object.entries(columns).map(([name, type]) => ({ name, type, tags: {} })),
  pseudoColumns: [],
}

describe.skipIf(!isAnalyzerHere)("Google's analyzer", () => {
  let oracle: Oracle
  beforeAll(async () => {
    oracle = await openOracle(googlesqlReferenceFiles())
  })

  test('has no function that is neither in the table nor left out for a reason', () => {
    const unknown = oracle.functions().filter(name => findFunction(name) === undefined && reasonFor(name) === undefined)
    expect(unknown).toEqual([])
  })

  test('has every function that is left out, none of which is in the table', () => {
    const names = new Set(oracle.functions())
    const stale = Object.values(leftOut)
      .flat()
      .filter(name => !names.has(name) || findFunction(name) !== undefined)
    expect(stale).toEqual([])
  })

  test('agrees with the types of the samples', () => {
    const known = samples.filter(sample => sample.known_to === undefined)
    const wrong = known.flatMap(({ sql, type }) => {
      const answer = analyzedType(oracle, sql)
      return answer === type ? [] : [`${sql}: ${answer ?? 'none'}, not ${type ?? 'none'}`]
    })
    expect(wrong).toEqual([])
  })
})

test('every function that may be called in an expression has a sample', () => {
  const called = new Set(samples.flatMap(({ sql }) => calledFunctions(sql)))
  const missing = functionNames.filter(name => !called.has(name) && mayHaveSample(name))
  expect(missing).toEqual([])
})

test('functions are found in any case, and nothing that an object inherits is one', () => {
  expect(findFunction('net.host')).toBe(findFunction('NET.HOST'))
  expect(findFunction('constructor')).toBeUndefined()
  expect(findFunction('__proto__')).toBeUndefined()
  expect(findFunction('')).toBeUndefined()
})

test('what reaches out of the query, stops it or uses keys is no plain function', () => {
  const classes = ['EXTERNAL_QUERY', 'ERROR', 'ML.PREDICT', 'AI.GENERATE', 'AEAD.DECRYPT_STRING', 'SESSION_USER']
  expect(classes.map(name => findFunction(name)?.class)).toEqual([
    'external',
    'error',
    'ml',
    'ai',
    'crypto_keys',
    'session',
  ])
})

test('a name that is not in the table has its neighbours suggested', () => {
  expect(nearestFunctions('UPPR')).toContain('UPPER')
  expect(nearestFunctions('to_hexx')[0]).toBe('TO_HEX')
})

function reasonFor(name: string): string | undefined {
  if (name.startsWith('$')) return 'an operator'
  return Object.entries(leftOut).find(([, names]) => names.includes(name))?.[0]
}

function analyzedType(oracle: Oracle, sql: string): string | null {
  try {
    const defaults = { names: 'nested', defaultProject: 'acme', defaultDataset: 'types' } as const
    const [output] = oracle.analyze(`SELECT ${sql} FROM x`, [table], defaults).outputs
    return output?.type === undefined ? null : typeText(output.type)
  } catch {
    return null
  }
}

function calledFunctions(sql: string): readonly string[] {
  const calls = nodesOf(parseStatement(`SELECT ${sql} FROM x`), 'FunctionCall')
  return calls.map(call => call.name.parts.map(part => part.text.toUpperCase()).join('.'))
}

/** What needs a model, an object, a table or a measure has no type of its own that a sample could show. */
function mayHaveSample(name: string): boolean {
  const isElsewhere = ['ml', 'ai', 'table_function', 'external'].includes(findFunction(name)?.class ?? '')
  return !isElsewhere && name !== 'AGG' && name !== 'DLP_KEY_CHAIN'
}

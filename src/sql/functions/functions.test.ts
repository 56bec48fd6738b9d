import { existsSync } from 'node:fs'
import { beforeAll, describe, expect, test } from 'vitest'
import { typesTable } from '../../../test/corpus/functions/columns.ts'
import { leftOut } from '../../../test/corpus/functions/left-out.ts'
import { type Sample, samples } from '../../../test/corpus/functions/samples.ts'
import type { FunctionCall } from '../../googlesql/ast/call.ts'
import { parseStatement } from '../../googlesql/parse/parse.ts'
import { nodesOf } from '../../googlesql/walk.ts'
import { typeText } from '../../model/column-type.ts'
import { googlesqlReferenceFiles } from '../../tools/googlesql-reference.ts'
import { type Oracle, openOracle } from '../../verification/oracle.ts'
import { AnalyzerRefusal } from '../../verification/reference.ts'
import { findFunction, functionNames, nearestFunctions } from './find-function.ts'

const isAnalyzerHere = existsSync(googlesqlReferenceFiles().wasmPath)
if (!isAnalyzerHere)
  console.warn("Google's analyzer is not in the tool cache: set-up fetches it. Its tests are skipped.")

const known = samples.filter(sample => sample.known_to === undefined)

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

  test('agrees with the types of the samples', { timeout: 120_000 }, () => {
    const typed = known.filter(sample => sample.type !== null)
    const answers = [isAggregate, isPlain].flatMap(isOne => analyzedTypes(oracle, typed.filter(isOne)))
    const told = new Map(answers)
    const wrong = typed.filter(({ sql, type }) => told.get(sql) !== type)
    expect(wrong.map(({ sql }) => `${sql}: ${told.get(sql)}`)).toEqual([])
  })

  test('refuses the samples that have no type', { timeout: 60_000 }, () => {
    const typeless = known.filter(sample => sample.type === null)
    const accepted = typeless.filter(sample => isAnalyzed(oracle, sample))
    expect(accepted).toEqual([])
  })
})

test('every function that may be called in an expression has a sample', () => {
  const called = new Set(samples.flatMap(({ sql }) => calls(sql).map(nameOf)))
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

const home = { names: 'nested', defaultProject: 'acme', defaultDataset: 'types' } as const
const tables = [typesTable]
const batch = 50

/** Many samples in one query: reading the table's columns costs more than an expression does. */
function analyzedTypes(oracle: Oracle, typed: readonly Sample[]): readonly (readonly [string, string])[] {
  const starts = typed.flatMap((_, index) => (index % batch === 0 ? [index] : []))
  return starts.flatMap(start => {
    const part = typed.slice(start, start + batch)
    const { outputs } = oracle.analyze(`SELECT ${part.map(({ sql }) => sql).join(', ')} FROM x`, tables, home)
    return part.map(({ sql }, index) => {
      const type = outputs[index]?.type
      return [sql, type === undefined ? 'none' : typeText(type)] as const
    })
  })
}

function isAnalyzed(oracle: Oracle, { sql }: Sample): boolean {
  try {
    oracle.analyze(`SELECT ${sql} FROM x`, tables, home)
    return true
  } catch (thrown) {
    if (thrown instanceof AnalyzerRefusal) return false
    throw thrown
  }
}

function isAggregate({ sql }: Sample): boolean {
  return calls(sql).some(call => call.over === undefined && findFunction(nameOf(call))?.class === 'aggregate')
}

function isPlain(sample: Sample): boolean {
  return !isAggregate(sample)
}

function calls(sql: string): readonly FunctionCall[] {
  return nodesOf(parseStatement(`SELECT ${sql} FROM x`), 'FunctionCall')
}

function nameOf(call: FunctionCall): string {
  return call.name.parts.map(part => part.text.toUpperCase()).join('.')
}

/** What needs a model, an object, a table or a measure has no type of its own that a sample could show. */
function mayHaveSample(name: string): boolean {
  const isElsewhere = ['ml', 'ai', 'table_function', 'external'].includes(findFunction(name)?.class ?? '')
  return !isElsewhere && name !== 'AGG' && name !== 'DLP_KEY_CHAIN'
}

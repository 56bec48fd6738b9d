import { existsSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { nodesOf } from '../../src/googlesql/walk.ts'
import { emptySnapshot } from '../../src/model/catalog.ts'
import type { ColumnType } from '../../src/model/column-type.ts'
import { analyze, parseQuery, statementKind } from '../../src/sql/analyze.ts'
import { findFunction } from '../../src/sql/functions/find-function.ts'
import { readCases } from '../measure/cases.ts'
import { defaultFiles } from '../measure/language-cases.ts'

/** A column as BigQuery's REST API describes it. */
type Field = {
  readonly name: string
  readonly type: string
  readonly mode: string
  readonly fields?: readonly Field[]
}
type Recorded = {
  readonly id: string
  readonly sql: string
  readonly setup?: string
  readonly schema?: readonly Field[]
  readonly parameters?: unknown
  readonly job_config?: unknown
}

const isHere = existsSync(defaultFiles.recorded)
if (!isHere) console.log(`skipped: ${defaultFiles.recorded} is not on this machine`)

describe.skipIf(!isHere)("BigQuery's own answers", async () => {
  const cases = await readCases<Recorded>(defaultFiles.recorded)
  const alone = cases.filter(isQueryWithoutTables)

  test('have the columns and types that analysis tells beforehand', () => {
    const wrong = alone.filter(({ sql, schema = [] }) => {
      const analysis = analyze(parseQuery(sql), emptySnapshot, { parameters: [], digest: text => text, project: 'p' })
      const outputs = analysis.state === 'complete' ? analysis.analyzed.statement.outputs : []
      const told = outputs.map(({ name, type }, index) => fieldText(name || nameless(index), type))
      return told.join() !== schema.map(recordedText).join()
    })
    expect(wrong.map(({ id }) => id)).toEqual([])
    expect(alone.length).toBeGreaterThan(350)
  })

  test('call no function that is not in the table, but for those that the case creates', () => {
    const accepted = cases.filter(({ schema }) => schema !== undefined)
    const unknown = accepted.flatMap(({ sql, setup = '' }) => {
      const created = `${setup} ${sql}`.toUpperCase()
      const names = calledFunctions(sql).filter(name => findFunction(name) === undefined)
      return names.filter(name => !new RegExp(`FUNCTION [^(]*${name}`).test(created))
    })
    expect(unknown).toEqual([])
  })
})

function calledFunctions(sql: string): readonly string[] {
  const { script } = parseQuery(sql.replaceAll(/[$][{]\w+[}]/g, 'p'))
  return nodesOf(script, 'FunctionCall').map(({ name }) => name.parts.map(part => part.text.toUpperCase()).join('.'))
}

function isQueryWithoutTables({ sql, schema = [], parameters, job_config }: Recorded): boolean {
  const isPlain = parameters === undefined && job_config === undefined && !sql.includes('${')
  return isPlain && schema.length > 0 && statementKind(parseQuery(sql)).kind === 'SELECT'
}

function nameless(index: number): string {
  return `f${index}_`
}

const restNames: Readonly<Record<string, string>> = { INT64: 'INTEGER', FLOAT64: 'FLOAT', BOOL: 'BOOLEAN' }

function fieldText(name: string, type: ColumnType | undefined): string {
  if (type?.kind === 'array') return `${name} REPEATED ${typeName(type.element)}`
  return `${name} ${typeName(type)}`
}

function typeName(type: ColumnType | undefined): string {
  switch (type?.kind) {
    case 'scalar':
      return restNames[type.name] ?? type.name
    case 'struct':
      return `RECORD(${type.fields.map(field => fieldText(field.name, field.type)).join()})`
    case 'range':
      return 'RANGE'
    default:
      return 'untold'
  }
}

function recordedText({ name, type, mode, fields = [] }: Field): string {
  const base = type === 'RECORD' || type === 'STRUCT' ? `RECORD(${fields.map(recordedText).join()})` : type
  return mode === 'REPEATED' ? `${name} REPEATED ${base}` : `${name} ${base}`
}

import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import { parseStatement } from '../../src/googlesql/parse/parse.ts'
import type { CatalogRoutine } from '../../src/model/catalog.ts'
import { Failure } from '../../src/model/failure.ts'
import type { GovernedText } from '../../src/model/governed.ts'
import { govern } from '../../src/sql/govern.ts'
import { type RoutineDefinition, routineMadeBy } from '../../src/sql/routine/made-routine.ts'
import { completeName } from '../../src/sql/table-name.ts'
import { googlesqlReferenceFiles } from '../../src/tools/googlesql-reference.ts'
import { judge, type Oracle, openOracle } from '../../src/verification/oracle.ts'
import { openWorld, type World } from '../differential/world.ts'
import { analystDecision } from '../fakes/analyst-decision.ts'
import { understandText } from '../measure/understand-text.ts'

/** `equals` is a query without routines that must answer the same. */
type Case = {
  readonly sql: string
  readonly governed?: string
  readonly equals?: string
  readonly failure?: string
  readonly detail?: string
}
type RoutineCases = { readonly routines: readonly string[]; readonly cases: readonly Case[] }

const { routines: definitions, cases }: RoutineCases = JSON.parse(
  readFileSync(join(import.meta.dirname, 'governed', 'routines.json'), 'utf8'),
)
const defaults = { project: 'acme-prod' }
const routines = definitions.map((text): CatalogRoutine => {
  const definition = parseStatement(text) as RoutineDefinition
  return routineMadeBy(definition, completeName(definition.name, defaults))
})

let oracle: Oracle
let world: World

beforeAll(async () => {
  oracle = await openOracle(googlesqlReferenceFiles())
  world = await openWorld(join(import.meta.dirname, 'attacks', 'fixture_world.json'), oracle)
})

function governed(sql: string): GovernedText {
  const analyzed = understandText(sql, world.tables, defaults, routines)
  if (analyzed instanceof Failure) throw analyzed
  return govern(analyzed, analystDecision(analyzed))
}

function rowsOf({ text }: GovernedText) {
  return oracle.evaluate(text, world.tables, world.rows)
}

describe('calls of routines under the masks and filters of analysts', () => {
  test.each(cases.filter(({ failure }) => failure === undefined))('$sql', ({ sql, governed: text, equals }) => {
    const actual = governed(sql)
    if (text !== undefined) expect(actual.text).toBe(text)
    expect(judge(oracle, actual)).toBeUndefined()
    if (equals !== undefined) expect(rowsOf(actual)).toEqual(rowsOf(governed(equals)))
  })

  test.each(cases.filter(({ failure }) => failure !== undefined))('refused: $sql', ({ sql, failure, detail }) => {
    expect(() => governed(sql)).toThrow(expect.objectContaining({ code: failure, details: expect.objectContaining({ detail }) }))
  })
})

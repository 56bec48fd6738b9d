import { readdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { buildBundle, opaPath } from '../../test/fakes/rego.ts'
import type { Estimate } from '../model/decision.ts'
import type { PrincipalClaims } from '../model/principal.ts'
import type { ColumnAccess, TableAccess } from '../model/statement.ts'
import { type Bundle, readBundle } from './bundle.ts'
import { compileDirectory } from './compile.ts'
import { type Evaluator, openEvaluator } from './evaluate.ts'
import { inputDocument, inputSchemaText } from './input.ts'
import { type DescribableQuestion, smokeQuestion } from './smoke.ts'
import { type TriedPolicy, tryBundle } from './try-bundle.ts'

const root = resolve(import.meta.dirname, '../../policies')
const caseFile = z.record(z.string(), z.strictObject({ input: inputDocument, expected: z.unknown() }))
const cases = readdirSync(join(root, 'cases'))
  .filter(name => name.endsWith('.json'))
  .flatMap(name => Object.entries(caseFile.parse(JSON.parse(readFileSync(join(root, 'cases', name), 'utf8')))))

const limits = { maxInputBytes: 262_144, timeoutMs: 1_000 }
let bundle: Bundle
let evaluator: Evaluator
let policy: TriedPolicy

beforeAll(async () => {
  bundle = await readBundle(await compileDirectory(root, await opaPath()), { keys: [] })
  evaluator = await openEvaluator(await WebAssembly.compile(bundle.module), bundle.facts, limits)
  const settings = { ...limits, environment: 'test', timeZone: 'UTC', usdPerTebibyte: 6.25, newId: () => 'd1' }
  policy = await tryBundle(bundle, settings)
})

test('the schema that policies are checked against is the one that Sluice sends', async () => {
  await expect(inputSchemaText()).toMatchFileSnapshot(join(root, 'schemas/input.json'))
})

test.each(cases)('WASM agrees with opa on the case %s', async (_, { input, expected }) => {
  expect(await evaluator.evaluate(input)).toEqual([{ result: expected }])
})

test('no file of the policy has characters that hide something from its reviewer', () => {
  const hiding = /[^\t\n\x20-\x7e]/
  const files = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter(name => /\.(rego|json)$/.test(name))
  expect(files.length).toBeGreaterThan(30)
  expect(files.filter(name => hiding.test(readFileSync(join(root, name), 'utf8')))).toEqual([])
})

test('every builtin of the capabilities is one that WASM has', async () => {
  const listed = z
    .object({ builtins: z.array(z.object({ name: z.string(), infix: z.string().optional(), decl: z.unknown() })) })
    .parse(JSON.parse(readFileSync(join(root, 'capabilities.json'), 'utf8')))
  const arity = z.object({ args: z.array(z.unknown()).default([]) })
  const called = listed.builtins.filter(
    ({ name, infix }) => infix === undefined && !name.startsWith('internal.') && !['eq', 'walk'].includes(name),
  )
  const rules = called.map(({ name, decl }) => {
    const args = arity.parse(decl).args.map((_, index) => `input.a${index}`)
    return `decision contains "${name}" if ${name}(${args.join(', ')}) != input.never`
  })
  const rego = `package sluice.decision\n\n${rules.join('\n\n')}\n`
  const { module, facts } = await readBundle(await buildBundle({ 'sluice/decision.rego': rego }), { keys: [] })
  const opened = await openEvaluator(await WebAssembly.compile(module), facts, limits)
  expect(called.length).toBeGreaterThan(50)
  expect(await opened.evaluate({})).toEqual([{ result: [] }])
})

describe('in the sandbox world', () => {
  test('alice sees users with e-mail hashed and number and phone redacted', async () => {
    const { effect, masks, rowFilters } = await ask('alice', ['analysts'], [users])
    expect(effect).toBe('allow')
    expect(Object.fromEntries(masks.get('acme-prod.crm.users') ?? [])).toEqual({
      email: { kind: 'sha256' },
      ssn: { kind: 'redact' },
      'profile.phone': { kind: 'redact' },
    })
    expect(rowFilters.size).toBe(0)
  })

  test('alice sees the orders of the EU only', async () => {
    const { effect, rowFilters } = await ask('alice', ['analysts'], [table('crm', 'orders', ['id', 'amount'])])
    const condition = { type: 'field', operator: 'eq', field: 'region', value: 'EU' }
    expect(effect).toBe('allow')
    expect(rowFilters).toEqual(new Map([['acme-prod.crm.orders', [{ condition, guard: false }]]]))
  })

  test('a view passes on the masks of what it reads', async () => {
    const view: TableAccess = { ...table('crm', 'v_users', ['email']), kind: 'view' }
    const { effect, masks } = await ask('alice', ['analysts'], [view, { ...users, via: [view.id] }])
    expect(effect).toBe('allow')
    expect(masks.get(users.id)?.get('email')).toEqual({ kind: 'sha256' })
  })

  test('alice may not read hr, and is told what she may', async () => {
    const { effect, reasons } = await ask('alice', ['analysts'], [table('hr', 'salaries', ['salary'])])
    expect(effect).toBe('deny')
    expect(reasons.map(({ message }) => message)).toEqual([
      'Table hr.salaries is not open to your groups (analysts). Datasets you may read: crm, public_data.',
    ])
  })

  test('bob sees everything as it is', async () => {
    const asked = [users, table('crm', 'orders', ['id']), table('hr', 'salaries', ['salary'])]
    const { effect, masks, rowFilters } = await ask('bob', ['pii-admins'], asked)
    expect([effect, masks.size, rowFilters.size]).toEqual(['allow', 0, 0])
  })

  test('mallory gets nothing', async () => {
    expect((await ask('mallory', [], [users])).effect).toBe('deny')
    expect((await ask('mallory', [], [])).effect).toBe('deny')
  })

  test('masks and filters do not depend on the estimate', async () => {
    const estimate: Estimate = { bytesProcessed: 1, accuracy: 'precise' }
    const first = await ask('alice', ['analysts'], [users, table('crm', 'orders', ['id'])])
    const second = await ask('alice', ['analysts'], [users, table('crm', 'orders', ['id'])], estimate)
    expect([second.masks, second.rowFilters, second.limits]).toEqual([first.masks, first.rowFilters, first.limits])
  })

  test('every decision has its id and the revision of its bundle', async () => {
    expect(await ask('alice', ['analysts'], [])).toMatchObject({ id: 'd1', revision: bundle.revision })
  })
})

const users = table('crm', 'users', ['id', 'name', 'email', 'ssn', 'profile.phone', 'profile.birth'])

function table(dataset: string, name: string, columns: readonly string[]): TableAccess {
  const access = columns.map(
    (column): ColumnAccess => ({
      name: column,
      type: { kind: 'scalar', name: column === 'profile.birth' ? 'DATE' : 'STRING' },
      tags: [],
      uses: ['select'],
    }),
  )
  const ref = { project: 'acme-prod', dataset, table: name }
  const id = `acme-prod.${dataset}.${name}`
  return { id, ref, kind: 'table', access: ['read'], via: [], columns: access, etag: '', labels: {}, sizeBytes: 1 }
}

function ask(subject: string, groups: readonly string[], tables: readonly TableAccess[], estimate?: Estimate) {
  const principal: PrincipalClaims = { ...smokeQuestion.principal, subject, groups }
  const question: DescribableQuestion = {
    ...smokeQuestion,
    principal,
    project: 'acme-prod',
    statement: { ...smokeQuestion.statement, tables },
    ...(estimate === undefined ? {} : { estimate, phase: 'estimate' }),
  }
  return policy.decide(question)
}

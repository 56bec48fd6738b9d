import { describe, expect, test } from 'vitest'
import type { StatementFacts } from '../model/statement.ts'
import { readAnswer } from './answer.ts'
import { smokeQuestion } from './smoke.ts'

const table = 'no-such-project.no_such_dataset.no_such_table'
const { statement } = smokeQuestion

const allow = {
  effect: 'allow',
  reasons: [],
  masks: {},
  row_filters: {},
  limits: {},
  approvals: [],
  needs: [],
  obligations: [],
  redact: [],
  policies: [],
}
const reason = { code: 'c', message: 'm', policy: 'p' }

function read(change: object, facts: StatementFacts = statement) {
  return readAnswer([{ result: { ...allow, ...change } }], facts, { id: 'd1', revision: 'r1' })
}

describe('a decision', () => {
  test('carries its id and the revision that made it', () => {
    expect(read({})).toMatchObject({ id: 'd1', revision: 'r1', effect: 'allow' })
  })

  test('is the same whatever order its sets come in', () => {
    const reasons = ['b', 'a', 'c'].map(code => ({ ...reason, code }))
    const forwards = read({ effect: 'deny', reasons, policies: ['y', 'x'] })
    const backwards = read({ effect: 'deny', reasons: reasons.toReversed(), policies: ['x', 'y', 'x'] })
    expect(forwards).toEqual(backwards)
    expect(forwards.reasons.map(({ code }) => code)).toEqual(['a', 'b', 'c'])
  })

  test('is what policy said this time, under an id of its own, however often it said otherwise of the same statement', () => {
    const facts = { ...statement }
    const deny = [{ result: { ...allow, effect: 'deny', reasons: [reason] } }]
    const said = ['d1', 'd2', 'd3', 'd4'].map((id, index) => {
      const { id: own, effect } = readAnswer(index % 2 === 0 ? [{ result: allow }] : deny, facts, {
        id,
        revision: 'r1',
      })
      return [own, effect]
    })
    expect(said).toEqual([
      ['d1', 'allow'],
      ['d2', 'deny'],
      ['d3', 'allow'],
      ['d4', 'deny'],
    ])
  })

  test('needs what it says of a statement to be in that statement, though another one had it', () => {
    const mask = { masks: { [table]: { email: { kind: 'sha256' } } } }
    expect(read(mask).masks.size).toBe(1)
    expect(() => read(mask, { ...statement, tables: [] })).toThrow()
  })

  test('orders what is in a condition, where order means nothing', () => {
    const field = (name: string) => ({ type: 'field', operator: 'in', field: name, value: ['y', 'x'] })
    const either = (...value: object[]) => ({ type: 'compound', operator: 'or', value })
    const one = read({ row_filters: { [table]: [either(field('a'), field('b'))] } })
    const other = read({ row_filters: { [table]: [either(field('b'), field('a'))] } })
    expect(one).toEqual(other)
    expect(one.rowFilters.get(table)).toEqual([
      {
        guard: false,
        condition: either({ ...field('a'), value: ['x', 'y'] }, { ...field('b'), value: ['x', 'y'] }),
      },
    ])
  })

  test('finds a masked column whatever case the policy writes it in', () => {
    const { masks } = read({ masks: { [table]: { EMail: { kind: 'sha256' } } } })
    expect(masks.get(table)).toEqual(new Map([['email', { kind: 'sha256' }]]))
  })

  test('keeps the guard of a row filter', () => {
    const filter = { type: 'field', operator: 'eq', field: 'region', value: 'EU' }
    const { rowFilters } = read({ row_filters: { [table]: [{ ...filter, guard: true }] } })
    expect(rowFilters.get(table)).toEqual([{ condition: filter, guard: true }])
  })

  test('says how much of a result is kept on record', () => {
    const { obligations } = read({ obligations: [{ kind: 'record_result', max_rows: 0, max_bytes: 9 }] })
    expect(obligations).toEqual([{ kind: 'record_result', maxRows: 0, maxBytes: 9 }])
  })

  test('takes over limits, approvals and obligations under the names of the model', () => {
    const approvals = [{ code: 'a', message: 'm', approver_groups: ['z', 'y'] }]
    const decision = read({
      effect: 'approval_required',
      approvals,
      limits: { maximum_bytes_billed: 1, max_rows: 0, timeout_ms: 2 },
      obligations: [{ kind: 'detect', detector: 'us_ssn', action: 'redact' }],
    })
    expect(decision).toMatchObject({
      approvals: [{ code: 'a', message: 'm', approverGroups: ['y', 'z'] }],
      limits: { maximumBytesBilled: 1, maxRows: 0, timeoutMs: 2 },
      obligations: [{ kind: 'detect', detector: 'us_ssn', action: 'redact' }],
    })
  })
})

describe('an answer is no decision', () => {
  test.each([
    ['undefined', undefined],
    ['the empty list of an undefined rule', []],
    ['two results', [{ result: allow }, { result: allow }]],
    ['a bare boolean', [{ result: true }]],
    ['null', [{ result: null }]],
    ['an answer outside of a result set', allow],
  ])('when it is %s', (_, evaluated) => {
    expect(() => readAnswer(evaluated, statement, { id: 'd', revision: 'r' })).toThrow(
      expect.objectContaining({ code: 'policy_unavailable' }),
    )
  })

  test.each(Object.keys(allow))('when %s is missing', key => {
    expect(() => read({ [key]: undefined })).toThrow(expect.objectContaining({ code: 'policy_unavailable' }))
  })

  const eq = { type: 'field', operator: 'eq', field: 'region', value: 'EU' }
  test.each<[string, object]>([
    ['its effect is a truthy text', { effect: 'true' }],
    ['it has a part that nobody knows', { mask: {} }],
    ['it allows and gives reasons', { reasons: [reason] }],
    ['it denies without a reason', { effect: 'deny' }],
    ['it allows and waits for approvals', { approvals: [{ code: 'a', message: 'm', approver_groups: ['g'] }] }],
    ['it waits for approvals and names none', { effect: 'approval_required' }],
    ['a reason has no message', { effect: 'deny', reasons: [{ ...reason, message: '' }] }],
    ['a mask is for a column that the query does not have', { masks: { [table]: { emial: { kind: 'sha256' } } } }],
    ['a mask is for a table that the query does not have', { masks: { 'p.d.t': { email: { kind: 'sha256' } } } }],
    ['two masks are for one column', { masks: { [table]: { email: { kind: 'email' }, EMAIL: { kind: 'redact' } } } }],
    ['a mask has a part that nobody knows', { masks: { [table]: { email: { kind: 'sha256', salt: 'x' } } } }],
    ['a row filter is text', { row_filters: { [table]: ["region = 'EU') OR (1=1"] } }],
    ['a row filter is for another table', { row_filters: { 'p.d.t': [eq] } }],
    ['a list of row filters is empty', { row_filters: { [table]: [] } }],
    ['a row filter compares with null', { row_filters: { [table]: [{ ...eq, value: null }] } }],
    ['a row filter is in an empty list', { row_filters: { [table]: [{ ...eq, operator: 'in', value: [] }] } }],
    ['a row filter has an unknown operator', { row_filters: { [table]: [{ ...eq, operator: 'regex' }] } }],
    ['a number is not exact', { row_filters: { [table]: [{ ...eq, value: 2 ** 53 }] } }],
    ['a junction joins nothing', { row_filters: { [table]: [{ type: 'compound', operator: 'or', value: [] }] } }],
    [
      'a guard is deep inside',
      {
        row_filters: { [table]: [{ type: 'compound', operator: 'and', value: [{ ...eq, guard: true }] }] },
      },
    ],
    ['a limit is negative', { limits: { max_rows: -1 } }],
    ['a limit is text', { limits: { timeout_ms: '5' } }],
    ['it needs something that nobody has', { needs: ['moon_phase'] }],
    ['an obligation lacks a part', { obligations: [{ kind: 'job_label', key: 'a' }] }],
    ['a pointer is none', { redact: ['asked'] }],
  ])('when %s', (_, change) => {
    expect(() => read(change)).toThrow(expect.objectContaining({ code: 'policy_unavailable' }))
  })

  test.each<[string, object]>([
    ['mask', { masks: { [table]: { email: { kind: 'rot13' } } } }],
    ['obligation', { obligations: [{ kind: 'sing' }] }],
  ])('when it asks for a %s that Sluice does not know', (_, change) => {
    expect(() => read(change)).toThrow(expect.objectContaining({ code: 'obligation_unknown' }))
  })
})

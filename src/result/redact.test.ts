import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { ColumnType, ScalarType } from '../model/column-type.ts'
import type { MaskKind, Obligation } from '../model/decision.ts'
import { maskKinds } from '../model/decision.ts'
import type { Cell, Page } from '../model/result.ts'
import type { RedactionPlan } from './plan.ts'
import { planRedaction } from './plan.ts'
import { redact } from './redact.ts'

const scalar = (name: ScalarType): ColumnType => ({ kind: 'scalar', name })
const users = 'acme-prod.crm.users'

type Column = {
  readonly name: string
  readonly type: ColumnType
  readonly origins?: readonly string[]
  readonly lineage?: readonly string[]
}

function pageOf(columns: readonly Column[], rows: Page['rows']): Page {
  return { fields: columns.map(({ name, type }) => ({ name, type, nullable: true })), rows, index: 0, statistics: {} }
}

function planOf(
  columns: readonly Column[],
  masks: Readonly<Record<string, MaskKind>>,
  detect: readonly Obligation[] = [],
): RedactionPlan {
  const outputs = columns.map(({ name, type, origins, lineage }) => {
    return { name, type, lineage: lineage ?? origins ?? [], ...(origins === undefined ? {} : { origins }) }
  })
  const byColumn = new Map(Object.entries(masks).map(([column, kind]) => [column, { kind }]))
  const governed = { text: '', parameters: [], parts: [], statementKind: 'SELECT' }
  return planRedaction(
    { ...governed, outputs, applied: { masks: [], filters: [] } },
    {
      ...{ id: 'd', revision: 'r', effect: 'allow', reasons: [], rowFilters: new Map(), limits: {}, approvals: [] },
      ...{ masks: new Map([[users, byColumn]]), needs: [], obligations: detect, redact: [], policies: [] },
    },
  )
}

const email = { name: 'email', type: scalar('STRING'), origins: [`${users}.email`] }
const hash = (text: string) => createHash('sha256').update(text).digest('hex')

describe('a masked column that is read unchanged', () => {
  test('is replaced where its value is not masked, and the finding says so', () => {
    const page = pageOf([email], [[hash('a')], ['alice@canary.example'], [null]])
    const { rows, findings } = redact(page, planOf([email], { email: 'sha256' }))
    expect(rows).toEqual([[hash('a')], [null], [null]])
    expect(findings).toEqual([{ detector: 'unmasked sha256', column: 'email', count: 1, action: 'redact' }])
  })

  test('is checked behind a view, unless the view masks it once more', () => {
    const behind = { ...email, origins: ['acme-prod.crm.v_users.mail', `${users}.email`] }
    const page = pageOf([behind], [['alice@canary.example']])
    expect(redact(page, planOf([behind], { email: 'sha256' })).rows).toEqual([[null]])
    const twice = { ...email, origins: [`${users}.email`, `${users}.mail`] }
    expect(redact(page, planOf([twice], { email: 'sha256', mail: 'redact' })).rows).toBe(page.rows)
  })

  test('is checked inside arrays and structs, leaf by leaf', () => {
    const profile: ColumnType = {
      kind: 'struct',
      fields: [
        { name: 'phone', type: scalar('STRING') },
        { name: 'birth', type: scalar('DATE') },
      ],
    }
    const column = { name: 'people', type: { kind: 'array', element: profile } as const, origins: [`${users}.profile`] }
    const page = pageOf(
      [column],
      [
        [
          [
            ['REDACTED', '1990-01-01'],
            ['+15550100001', '1990-01-02'],
          ],
        ],
      ],
    )
    const { rows } = redact(page, planOf([column], { 'profile.phone': 'redact' }))
    expect(rows).toEqual([
      [
        [
          ['REDACTED', '1990-01-01'],
          ['REDACTED', '1990-01-02'],
        ],
      ],
    ])
  })

  test.each(maskKinds)('masked with %s passes with any value the mask can yield', kind => {
    const column = { ...email, type: scalar(kind === 'date_year' ? 'DATE' : 'STRING') }
    const plan = planOf([column], { email: kind })
    fc.assert(
      fc.property(fc.array(fc.option(fc.string({ unit: 'grapheme' }))), values => {
        const page = pageOf(
          [column],
          values.map(value => [value === null ? null : masked[kind](value)]),
        )
        const { rows, findings } = redact(page, plan)
        expect(rows).toBe(page.rows)
        expect(findings).toEqual([])
      }),
    )
  })

  test.each(maskKinds)('masked with %s never shows what it had to hide', kind => {
    const column = { ...email, type: scalar(kind === 'date_year' ? 'DATE' : 'STRING') }
    const secret = kind === 'date_year' ? '1990-07-21' : 'alice@canary.example'
    const { rows, findings } = redact(pageOf([column], [[secret]]), planOf([column], { email: kind }))
    expect(JSON.stringify(rows)).not.toContain(secret)
    expect(findings).toHaveLength(1)
  })
})

describe('what derives from a masked column', () => {
  test('is left as it is: a count of hashes is a number, and a shortened hash is no hash', () => {
    const columns = [
      { name: 'n', type: scalar('INT64'), lineage: [`${users}.email`] },
      { name: 'email', type: scalar('STRING'), lineage: [`${users}.email`] },
    ]
    const page = pageOf(columns, [['3', hash('a').slice(0, 8)]])
    expect(redact(page, planOf(columns, { email: 'sha256' }))).toMatchObject({ rows: page.rows, findings: [] })
  })

  test('so is a column that was not predicted to stand there', () => {
    const page = pageOf([{ name: 'total', type: scalar('STRING') }], [['12']])
    expect(redact(page, planOf([email], { email: 'sha256' })).rows).toBe(page.rows)
  })
})

describe('content', () => {
  const note = { name: 'note', type: scalar('STRING') }
  const detect = (action: 'redact' | 'note' | 'refuse') => [{ kind: 'detect', detector: 'us_ssn', action }] as const

  test('is replaced in the text that holds it', () => {
    const page = pageOf([note], [['call about 900-11-0001 today'], ['nothing']])
    const { rows, findings } = redact(page, planOf([note], {}, detect('redact')))
    expect(rows).toEqual([['call about REDACTED today'], ['nothing']])
    expect(rows[1]).toBe(page.rows[1])
    expect(findings).toEqual([{ detector: 'us_ssn', column: 'note', count: 1, action: 'redact' }])
  })

  test('is only counted where policy wants a note', () => {
    const page = pageOf([note], [['900-11-0001'], ['900-22-0002, 900-33-0003']])
    const { rows, findings } = redact(page, planOf([note], {}, detect('note')))
    expect(rows).toBe(page.rows)
    expect(findings).toEqual([{ detector: 'us_ssn', column: 'note', count: 2, action: 'note' }])
  })

  test('refuses the page where policy wants that, naming the column and not the value', () => {
    const attempt = () => redact(pageOf([note], [['900-11-0001']]), planOf([note], {}, detect('refuse')))
    expect(attempt).toThrow(expect.objectContaining({ code: 'content_refused' }))
    expect(attempt).toThrow(/note/)
    expect(attempt).not.toThrow(/900-11/)
  })

  test('is treated as the strictest rule wants', () => {
    const rules = [...detect('note'), ...detect('redact'), ...detect('note')]
    expect(redact(pageOf([note], [['900-11-0001']]), planOf([note], {}, rules)).rows).toEqual([['REDACTED']])
  })

  test('of a JSON value leaves JSON behind', () => {
    const json = { name: 'doc', type: scalar('JSON') }
    const rules = [{ kind: 'detect', detector: 'credit_card', action: 'redact' }] as const
    const { rows } = redact(pageOf([json], [['{"card":4111111111111111}']]), planOf([json], {}, rules))
    expect(rows).toEqual([['"REDACTED"']])
  })

  test('is not looked for in numbers and dates', () => {
    const id = { name: 'id', type: scalar('INT64') }
    const rules = [{ kind: 'detect', detector: 'credit_card', action: 'redact' }] as const
    expect(redact(pageOf([id], [['4111111111111111']]), planOf([id], {}, rules)).findings).toEqual([])
  })

  test('is found at any depth, and the shape of the rows stays', () => {
    const rules = [{ kind: 'detect', detector: 'email', action: 'redact' }] as const
    fc.assert(
      fc.property(typedCell, ({ type, cell }) => {
        const column = { name: 'c', type }
        const page = pageOf([column], [[cell]])
        const { rows } = redact(page, planOf([column], {}, rules))
        expect(JSON.stringify(rows)).not.toContain('@')
        const replaced = JSON.parse(JSON.stringify(page.rows).replaceAll('a@canary.example', 'REDACTED'))
        expect(rows).toEqual(replaced)
      }),
    )
  })
})

/** A type of strings, and a cell of it. */
const typedCell: fc.Arbitrary<{ type: ColumnType; cell: Cell }> = fc.letrec<{
  typed: { type: ColumnType; cell: Cell }
}>(tie => ({
  typed: fc.oneof(
    { maxDepth: 4 },
    fc
      .constantFrom('plain', 'a@canary.example', 'to a@canary.example.', null)
      .map(cell => ({ type: scalar('STRING'), cell })),
    tie('typed').map(({ type, cell }) => ({ type: { kind: 'array' as const, element: type }, cell: [cell, cell] })),
    fc.array(tie('typed'), { minLength: 1, maxLength: 3 }).map(fields => ({
      type: { kind: 'struct' as const, fields: fields.map(({ type }, index) => ({ name: `f${index}`, type })) },
      cell: fields.map(({ cell }) => cell),
    })),
  ),
})).typed

/** What BigQuery's data masking yields for a text. */
const masked: Readonly<Record<MaskKind, (text: string) => string | null>> = {
  always_null: () => null,
  default_value: () => '',
  sha256: hash,
  hmac_sha256: hash,
  first_four: text => ([...text].length <= 4 ? hash(text) : `${[...text].slice(0, 4).join('')}XXXXX`),
  last_four: text => ([...text].length <= 4 ? hash(text) : `XXXXX${[...text].slice(-4).join('')}`),
  email: text => (/^[^@]+@[^@]+$/.test(text) ? text.replace(/^[^@]+/, 'XXXXX') : hash(text)),
  date_year: text => `${1900 + (text.length % 200)}-01-01`,
  redact: () => 'REDACTED',
}

import { describe, expect, test } from 'vitest'
import { classifier } from './classifications.ts'
import { describeQuestion } from './describe-question.ts'
import { inputDocument } from './input.ts'
import { localTime } from './local-time.ts'
import { type DescribableQuestion, smokeQuestion } from './smoke.ts'

const classify = classifier({})
const settings = { environment: 'test', timeZone: 'UTC', usdPerTebibyte: 6.25, classify }
const string = { kind: 'scalar', name: 'STRING' } as const

function withColumns(names: readonly string[]): DescribableQuestion {
  const [table] = smokeQuestion.statement.tables
  if (table === undefined) throw new Error('the question has no table')
  const columns = names.map(name => ({ name, type: string, tags: ['own'], uses: [] }))
  return { ...smokeQuestion, statement: { ...smokeQuestion.statement, tables: [{ ...table, columns }] } }
}

describe('the input document', () => {
  test('keeps its contract, with everything optional and with nothing of it', () => {
    const full: DescribableQuestion = {
      ...smokeQuestion,
      phase: 'estimate',
      principal: { ...smokeQuestion.principal, email: 'a@b.example' },
      origin: { ...smokeQuestion.origin, purpose: 'why', client: { ...smokeQuestion.origin.client, model: 'm' } },
      parameters: [
        { type: string, value: 'x' },
        { name: 'p', type: { kind: 'array', element: string }, value: [] },
      ],
      estimate: { bytesProcessed: 2 ** 40, accuracy: 'precise', statementType: 'SELECT' },
      usageToday: { bytesBilled: 5, queries: 2 },
    }
    expect(inputDocument.parse(describeQuestion(smokeQuestion, 'i', settings))).toBeDefined()
    const document = inputDocument.parse(describeQuestion(full, 'i', settings))
    expect(document.query.estimate).toEqual({
      bytes_processed: 2 ** 40,
      accuracy: 'precise',
      usd: 6.25,
      statement_type: 'SELECT',
    })
    expect(document.query.params).toEqual([{ type: 'STRING' }, { name: 'p', type: 'ARRAY<STRING>' }])
    expect(document.session).toMatchObject({ bytes_billed_today: 5, queries_today: 2, break_glass: false })
  })

  test('has no parameter values, which may be personal data', () => {
    const question = { ...smokeQuestion, parameters: [{ name: 'p', type: string, value: 'secret' }] }
    expect(JSON.stringify(describeQuestion(question, 'i', settings))).not.toContain('secret')
  })

  test('is the same for equal questions, whatever order groups and features come in', () => {
    const asked = (groups: string[]) => ({ ...smokeQuestion, principal: { ...smokeQuestion.principal, groups } })
    const one = describeQuestion(asked(['b', 'a', 'b']), 'i', settings)
    expect(one).toEqual(describeQuestion(asked(['a', 'b']), 'i', settings))
  })

  test('tags columns from the catalog and from the classifications, nested and in any case', () => {
    const tagged = classifier({
      'no-such-project.no_such_dataset.no_such_table': {
        tags: ['t'],
        columns: { Email: ['pii.email'], profile: ['pii'] },
      },
      'no-such-project.no_such_dataset.*': { tags: [], columns: { email: ['pii.any'] } },
      'no-such-project.other.no_such_table': { tags: ['x'], columns: { email: ['wrong'] } },
    })
    const question = withColumns(['email', 'profile.phone', 'profiles', 'emails'])
    const [table] = describeQuestion(question, 'i', { ...settings, classify: tagged }).query.tables
    expect(table?.tags).toEqual(['t'])
    expect(table?.columns.map(({ name, tags }) => [name, tags])).toEqual([
      ['email', ['own', 'pii.any', 'pii.email']],
      ['profile.phone', ['own', 'pii']],
      ['profiles', ['own']],
      ['emails', ['own']],
    ])
  })

  test('tells which tables the dry run saw too', () => {
    const [table] = smokeQuestion.statement.tables
    const estimate = { bytesProcessed: 0, accuracy: 'precise', referencedTables: [table?.id ?? ''] } as const
    const document = describeQuestion({ ...smokeQuestion, estimate }, 'i', settings)
    expect(document.query.tables.map(({ source }) => source)).toEqual(['both'])
  })
})

describe('local time', () => {
  test.each([
    ['2024-03-10T06:59:00Z', 'America/New_York', 'sunday', 119, '2024-03-10'],
    ['2024-03-10T07:00:00Z', 'America/New_York', 'sunday', 180, '2024-03-10'],
    ['2024-12-31T23:30:00Z', 'Asia/Kolkata', 'wednesday', 300, '2025-01-01'],
    ['2024-01-01T00:00:00Z', 'UTC', 'monday', 0, '2024-01-01'],
  ])('of %s in %s is %s, minute %i of %s', (instant, zone, weekday, minute_of_day, date) => {
    expect(localTime(new Date(instant), zone)).toMatchObject({ zone, weekday, minute_of_day, date })
  })
})

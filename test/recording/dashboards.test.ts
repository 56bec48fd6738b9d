import { readdirSync, readFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { connectStore } from '../../src/recording/clickhouse/connect.ts'
import {
  sampleDecision,
  sampleDelivered,
  sampleDenied,
  sampleFailed,
  sampleFinished,
  sampleOrigin,
  samplePage,
  sampleStarted,
} from '../fakes/sample-events.ts'
import { type RecordedState, recordedState } from './recorded-state.ts'

const directory = new URL('../../deploy/grafana/dashboards/', import.meta.url)
const dashboard = z.object({
  uid: z.string(),
  templating: z.object({ list: z.array(z.object({ name: z.string(), type: z.string() })) }),
  panels: z.array(
    z.object({
      title: z.string(),
      type: z.string(),
      datasource: z.object({ uid: z.string().regex(/^\$\{datasource\}$/) }),
      targets: z.array(z.object({ rawSql: z.string(), format: z.int() })).length(1),
    }),
  ),
})
const names = readdirSync(directory).filter(name => name.endsWith('.json'))
const read = (name: string) => dashboard.parse(JSON.parse(readFileSync(new URL(name, directory), 'utf8')))
const panels = names.flatMap(name =>
  read(name).panels.map(({ title, targets, type }) => ({
    name: `${name}: ${title}`,
    sql: targets[0]?.rawSql ?? '',
    type,
  })),
)
/** Panels that are right to be empty over what is recorded here. */
const emptyPanels: readonly string[] = []

let state: RecordedState
beforeAll(async () => {
  const origin = sampleOrigin({ purpose: 'a report' })
  const [first, second] = [sampleStarted({ origin }), sampleStarted()]
  const finding = { detector: 'email', column: 'email', count: 1, action: 'redact' }
  const page = { ...samplePage([['a', 'DE']]), findings: [finding] } as ReturnType<typeof samplePage>
  const unmasked = sampleStarted({ decision: sampleDecision({ masks: new Map() }) })
  const { asked, statement, decision, principal } = first
  const approvals = [{ code: 'large', message: 'Ask first.', approverGroups: ['leads'] }]
  state = await recordedState([
    first,
    sampleDelivered(first, page),
    sampleFinished(first),
    second,
    sampleFailed(second),
    sampleDenied(),
    unmasked,
    sampleFinished(unmasked),
    {
      type: 'held',
      at: new Date(),
      origin,
      principal,
      asked,
      statement,
      approvals,
      decision: { ...decision, effect: 'approval_required' },
    },
    { type: 'interrupted', at: new Date(), origin, principal, jobState: 'DONE' },
  ])
}, 120_000)
afterAll(() => state.close())

/** What the plugin makes of its macros and variables; `person` and the like are as they are before anyone types. */
function filled(sql: string): string {
  const variables: Readonly<Record<string, string>> = {
    database: 'sluice',
    'person:sqlstring': "''",
    'text:sqlstring': "''",
    'column:sqlstring': "''",
  }
  const [from, to] = [-3_600, 3_600].map(seconds => Math.round(Date.now() / 1_000) + seconds)
  const argument = String.raw`\(((?:[^()]|\([^()]*\))*)\)`
  return sql
    .replaceAll(
      new RegExp(String.raw`\$__timeFilter${argument}`, 'g'),
      `$1 >= toDateTime(${from}) AND $1 <= toDateTime(${to})`,
    )
    .replaceAll(
      new RegExp(String.raw`\$__timeInterval${argument}`, 'g'),
      'toStartOfInterval(toDateTime($1), INTERVAL 60 second)',
    )
    .replaceAll(/\$\{([\w:]+)\}/g, (_, name: string) => {
      const value = variables[name]
      if (value === undefined) throw new Error(`nobody fills in ${name}`)
      return value
    })
}

describe('the dashboards', () => {
  test('have names of their own and declare every variable that they use', () => {
    expect(new Set(names.map(name => read(name).uid)).size).toBe(5)
    for (const name of names) {
      const declared = read(name).templating.list.map(variable => variable.name)
      const used = [...readFileSync(new URL(name, directory), 'utf8').matchAll(/\$\{(\w+)/g)].map(([, word]) => word)
      expect(used.filter(word => !declared.includes(word ?? ''))).toEqual([])
    }
  })

  test.each(panels)('$name has rows, read with the reader’s own rights', async ({ name, sql, type }) => {
    const { access, reader } = state.recorder.store ?? {}
    const client = connectStore({ url: access?.url ?? '', user: reader?.user ?? '', password: reader?.password ?? '' })
    const answer = await client.query({ query: filled(sql), format: 'JSON' })
    const { data, meta } = await answer.json<Record<string, unknown>>()
    await client.close()
    if (!emptyPanels.includes(name)) expect(data.length).toBeGreaterThan(0)
    if (type === 'timeseries')
      expect(meta?.[0]).toMatchObject({ name: 'time', type: expect.stringContaining('DateTime') })
    if (type === 'timeseries') expect(sql).toMatch(/ORDER BY time$/)
  })

  test('take what is asked by the minute from the rollup that each part carries', async () => {
    const forced = panels.filter(({ sql }) => sql.includes('toStartOfMinute'))
    expect(forced.length).toBeGreaterThan(3)
    for (const { name, sql } of forced) {
      const answer = await state.recorder.store?.client.query({
        query: `EXPLAIN projections = 1 ${filled(sql)}`,
        format: 'TabSeparated',
      })
      expect(`${name} ${await answer?.text()}`).toContain('per_minute')
    }
  })
})

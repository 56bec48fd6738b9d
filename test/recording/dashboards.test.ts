import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { connectStore } from '../../src/recording/clickhouse/connect.ts'
import { panelSql, readDashboards } from '../../src/recording/read/dashboards.ts'
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

const boards = readDashboards()
const span = { since: new Date(Date.now() - 3_600_000), until: new Date(Date.now() + 3_600_000) }
const panels = boards.flatMap(board =>
  board.panels.map(panel => ({
    name: `${board.title}: ${panel.title}`,
    sql: panelSql(panel, 'sluice', span),
    type: panel.type,
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
    sampleFinished(first, { stageMs: { record: 0.4, execute: 120.5 } }),
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

describe('the dashboards', () => {
  test('have names of their own, ask the source that is chosen and declare every variable that they use', () => {
    expect(new Set(boards.map(({ uid }) => uid)).size).toBe(5)
    for (const board of boards) {
      const declared = board.templating.list.map(variable => variable.name)
      for (const panel of board.panels) {
        expect(panel.datasource.uid).toMatch(/^\$\{datasource\}$/)
        const used = [...panel.targets[0].rawSql.matchAll(/\$\{(\w+)/g)].map(([, word]) => word)
        expect(used.filter(word => !declared.includes(word ?? ''))).toEqual([])
      }
    }
  })

  test.each(panels)('$name has rows, read with the reader’s own rights', async ({ name, sql, type }) => {
    const { access, reader } = state.recorder.store ?? {}
    const client = connectStore({ url: access?.url ?? '', user: reader?.user ?? '', password: reader?.password ?? '' })
    const answer = await client.query({ query: sql, format: 'JSON' })
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
        query: `EXPLAIN projections = 1 ${sql}`,
        format: 'TabSeparated',
      })
      expect(`${name} ${await answer?.text()}`).toContain('per_minute')
    }
  })
})

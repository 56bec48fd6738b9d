import { describe, expect, test } from 'vitest'
import { type Dashboard, panelMark, readDashboards } from '../../recording/read/dashboards.ts'
import { figureText } from './figures.ts'
import type { PanelRow } from './panel-row.ts'
import { reportPage } from './report-page.ts'

const span = { since: new Date('2026-05-04T10:00:00Z'), until: new Date('2026-05-04T11:00:00Z') }
const boards = readDashboards()

/** The page with these rows in one panel, by the panel's title. */
function pageWith(title: string, rows: readonly PanelRow[]): string {
  const found = boards
    .flatMap(board => board.panels.map(panel => ({ board, panel })))
    .find(at => at.panel.title === title)
  if (found === undefined) throw new Error(`there is no panel ${title}`)
  return reportPage(boards, new Map([[panelMark(found.board, found.panel), rows]]), span)
}

describe('the report', () => {
  test('has every panel of every dashboard, and says where nothing was', () => {
    const page = reportPage(boards, new Map(), span)
    const panels = boards.flatMap((board: Dashboard) => board.panels)
    expect(page.match(/<article /g)).toHaveLength(panels.length)
    for (const { title } of panels) expect(page).toContain(`<h3>${title}</h3>`)
    expect(page).toContain('Nothing in this time.')
  })

  test('runs nothing and loads nothing, whatever a query says', () => {
    const page = pageWith('Failures', [{ failure_code: '<script>alert(1)</script>"\u001b[31m', times: 1 }])
    expect(page).not.toMatch(/<script|src=|href="http/)
    expect(page).not.toContain('\u001b')
    expect(page).toContain('&lt;script&gt;')
    expect(page).toContain("default-src 'none'")
  })

  test('draws counts by name as columns on top of each other', () => {
    const time = '2026-05-04 10:30:00'
    const page = pageWith('Outcomes', [
      { time, type: 'finished', events: 3 },
      { time, type: 'denied', events: 1 },
    ])
    const [lower, upper] = [...page.matchAll(/<rect x="([\d.]+)" y="([\d.]+)" width="[\d.]+" height="([\d.]+)"/g)].map(
      ([, x, y, height]) => ({ x, y: Number(y), height: Number(height) }),
    )
    expect(lower?.x).toBe(upper?.x)
    expect(upper?.y).toBeCloseTo((lower?.y ?? 0) - (upper?.height ?? 0), 0)
    expect((lower?.height ?? 0) / (upper?.height ?? 1)).toBeCloseTo(3, 1)
  })

  test('draws times as lines', () => {
    const page = pageWith('Time to answer', [
      { time: '2026-05-04 10:10:00', p50: 100, p95: 900, p99: 1_500 },
      { time: '2026-05-04 10:20:00', p50: 200, p95: 800, p99: 1_000 },
    ])
    expect(page.match(/<polyline /g)).toHaveLength(3)
    expect(page).toContain('2 s')
  })
})

test('figures are as people read them', () => {
  expect([12, 12_345, 4_200_000].map(value => figureText(value, undefined))).toEqual(['12', '12.3 k', '4.2 M'])
  expect([512, 10_485_760].map(value => figureText(value, 'bytes'))).toEqual(['512 B', '10 MiB'])
  expect([80, 2_500].map(value => figureText(value, 'ms'))).toEqual(['80 ms', '2.5 s'])
})

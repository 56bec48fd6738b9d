import { type Dashboard, type Panel, type PanelSpan, panelMark } from '../../recording/read/dashboards.ts'
import { barChart } from './bar-chart.ts'
import { escapeHtml } from './escape-html.ts'
import { figureText } from './figures.ts'
import { htmlTable } from './html-table.ts'
import type { PanelRow } from './panel-row.ts'
import { reportStyle } from './report-style.ts'
import { timeChart } from './time-chart.ts'

type Draw = (panel: Panel, rows: readonly PanelRow[], span: PanelSpan) => string

const drawings: Readonly<Record<Panel['type'], Draw>> = {
  stat: (panel, [row]) => {
    const [value] = Object.values(row ?? {})
    return `<p class="figure">${figureText(Number(value ?? 0), panel.fieldConfig.defaults.unit)}</p>`
  },
  timeseries: timeChart,
  table: (_, rows) => htmlTable(rows),
  barchart: (_, rows) => barChart(rows),
}

/** The dashboards as one page: no script, nothing from elsewhere, laid out as in Grafana. */
export function reportPage(
  dashboards: readonly Dashboard[],
  rows: ReadonlyMap<string, readonly PanelRow[]>,
  span: PanelSpan,
): string {
  const sections = dashboards.map(dashboard => section(dashboard, rows, span))
  const links = dashboards.map(({ uid, title }) => `<a href="#${uid}">${escapeHtml(nameOf(title))}</a>`)
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>Sluice report</title>
<style>${reportStyle}</style>
</head>
<body>
<header><h1>Sluice</h1><p>${timeText(span.since)} – ${timeText(span.until)} UTC</p><nav>${links.join('')}</nav></header>
${sections.join('\n')}
</body>
</html>
`
}

function section(dashboard: Dashboard, rows: ReadonlyMap<string, readonly PanelRow[]>, span: PanelSpan): string {
  const panels = dashboard.panels.map(panel => {
    const { x, y, w, h } = panel.gridPos
    const place = `grid-column:${x + 1}/span ${w};grid-row:${y + 1}/span ${h}`
    const drawing = drawings[panel.type](panel, rows.get(panelMark(dashboard, panel)) ?? [], span)
    return `<article class="${panel.type}" style="${place}"><h3>${escapeHtml(panel.title)}</h3>${drawing}</article>`
  })
  return `<section id="${dashboard.uid}"><h2>${escapeHtml(nameOf(dashboard.title))}</h2><div class="grid">${panels.join('\n')}</div></section>`
}

function nameOf(title: string): string {
  const name = title.replace('Sluice: ', '')
  return `${name[0]?.toUpperCase()}${name.slice(1)}`
}

function timeText(time: Date): string {
  return time.toISOString().slice(0, 16).replace('T', ' ')
}

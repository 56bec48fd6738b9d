import type { Panel, PanelSpan } from '../../recording/read/dashboards.ts'
import { bucketOf } from '../../recording/read/dashboards.ts'
import { colorsOf } from './colors.ts'
import { escapeHtml } from './escape-html.ts'
import { figureText, niceCeiling } from './figures.ts'
import { type PanelRow, timeOf } from './panel-row.ts'

type Series = { readonly name: string; readonly values: ReadonlyMap<number, number> }
type Frame = {
  readonly x: (ms: number) => number
  readonly y: (value: number) => number
  readonly columnWidth: number
}

const [width, height] = [620, 210]
const edge = { left: 58, right: 8, top: 10, bottom: 22 }
const gridLines = 4

/** Figures over time: times as lines, counts as columns on top of each other. */
export function timeChart(panel: Panel, rows: readonly PanelRow[], span: PanelSpan): string {
  const series = seriesOf(rows)
  if (series.length === 0) return '<p class="empty">Nothing in this time.</p>'
  const { unit } = panel.fieldConfig.defaults
  const isStacked = unit !== 'ms'
  const top = niceCeiling(highest(series, isStacked), unit)
  const frame = frameOf(span, top)
  const colors = colorsOf(series.map(({ name }) => name))
  const marks = isStacked ? stackedColumns(series, frame, colors) : lines(series, frame, colors)
  const axes = `${valueAxis(top, panel, frame)}${timeAxis(span, frame)}`
  const drawing = `<svg viewBox="0 0 ${width} ${height}" role="img" aria-label="${escapeHtml(panel.title)}">${axes}${marks}</svg>`
  return `${drawing}${legend(series, colors)}`
}

/** Rows are either (time, name, value) or (time, one value for each name). */
function seriesOf(rows: readonly PanelRow[]): readonly Series[] {
  const byName = new Map<string, Map<number, number>>()
  for (const row of rows) {
    const [[, time] = [], ...rest] = Object.entries(row)
    const [[, label] = [], [, value] = []] = rest
    const pairs = typeof label === 'string' ? [[label === '' ? '–' : label, value] as const] : rest
    for (const [name, figure] of pairs) {
      const values = byName.get(name) ?? new Map<number, number>()
      byName.set(name, values.set(timeOf(time), Number(figure ?? 0)))
    }
  }
  return [...byName].map(([name, values]) => ({ name, values }))
}

function highest(series: readonly Series[], isStacked: boolean): number {
  const sums = new Map<number, number>()
  for (const { values } of series) {
    for (const [time, value] of values) {
      sums.set(time, isStacked ? (sums.get(time) ?? 0) + value : Math.max(sums.get(time) ?? 0, value))
    }
  }
  return Math.max(...sums.values())
}

function frameOf(span: PanelSpan, top: number): Frame {
  const bucketMs = bucketOf(span) * 1_000
  const [from, to] = [span.since.getTime() - bucketMs, span.until.getTime() + bucketMs]
  const inner = { width: width - edge.left - edge.right, height: height - edge.top - edge.bottom }
  return {
    x: ms => edge.left + ((ms - from) / (to - from)) * inner.width,
    y: value => edge.top + (1 - value / top) * inner.height,
    columnWidth: Math.max(2, (bucketMs / (to - from)) * inner.width * 0.8),
  }
}

function stackedColumns(series: readonly Series[], { x, y, columnWidth }: Frame, colors: ReadonlyMap<string, string>) {
  const heights = new Map<number, number>()
  return series
    .flatMap(({ name, values }) =>
      [...values].map(([time, value]) => {
        const below = heights.get(time) ?? 0
        heights.set(time, below + value)
        const [yTop, yBottom] = [y(below + value), y(below)]
        return `<rect x="${fixed(x(time))}" y="${fixed(yTop)}" width="${fixed(columnWidth)}" height="${fixed(yBottom - yTop)}" fill="${colors.get(name)}"/>`
      }),
    )
    .join('')
}

function lines(series: readonly Series[], { x, y, columnWidth }: Frame, colors: ReadonlyMap<string, string>) {
  return series
    .map(({ name, values }) => {
      const points = [...values].map(([time, value]) => [fixed(x(time) + columnWidth / 2), fixed(y(value))] as const)
      const path = points.map(point => point.join(',')).join(' ')
      const dots = points
        .map(([cx, cy]) => `<circle cx="${cx}" cy="${cy}" r="2.5" fill="${colors.get(name)}"/>`)
        .join('')
      return `<polyline points="${path}" fill="none" stroke="${colors.get(name)}" stroke-width="2"/>${dots}`
    })
    .join('')
}

function valueAxis(top: number, panel: Panel, { y }: Frame): string {
  return Array.from({ length: gridLines + 1 }, (_, index) => {
    const value = (top / gridLines) * index
    const text = figureText(value, panel.fieldConfig.defaults.unit)
    const at = fixed(y(value))
    return `<line class="grid" x1="${edge.left}" x2="${width - edge.right}" y1="${at}" y2="${at}"/><text x="${edge.left - 6}" y="${at}" dy="4" text-anchor="end">${text}</text>`
  }).join('')
}

const timeMarks = 5

function timeAxis({ since, until }: PanelSpan, { x }: Frame): string {
  const step = (until.getTime() - since.getTime()) / timeMarks
  const isLong = step * timeMarks > 2 * 86_400_000
  return Array.from({ length: timeMarks + 1 }, (_, index) => {
    const ms = since.getTime() + step * index
    const iso = new Date(ms).toISOString()
    const anchor = index === 0 ? 'start' : index === timeMarks ? 'end' : 'middle'
    return `<text x="${fixed(x(ms))}" y="${height - 6}" text-anchor="${anchor}">${isLong ? iso.slice(5, 10) : iso.slice(11, 16)}</text>`
  }).join('')
}

function legend(series: readonly Series[], colors: ReadonlyMap<string, string>): string {
  const entries = series.map(({ name }) => `<li><i style="background:${colors.get(name)}"></i>${escapeHtml(name)}</li>`)
  return `<ul class="legend">${entries.join('')}</ul>`
}

function fixed(value: number): string {
  return value.toFixed(1)
}

import { colorsOf } from './colors.ts'
import { escapeHtml } from './escape-html.ts'
import { figureText } from './figures.ts'
import type { PanelRow } from './panel-row.ts'

const rowsInColumn = 12

/** A bar for each row: its name in the first column, its parts in the others. */
export function barChart(rows: readonly PanelRow[]): string {
  const [first] = rows
  if (first === undefined) return '<p class="empty">Nothing in this time.</p>'
  const parts = Object.keys(first).slice(1)
  const colors = colorsOf(parts)
  const totals = rows.map(row => parts.reduce((sum, part) => sum + Number(row[part] ?? 0), 0))
  const most = Math.max(1, ...totals)
  const bars = rows.map((row, index) => {
    const pieces = parts.map(part => {
      const share = ((Number(row[part] ?? 0) / most) * 100).toFixed(2)
      return `<i style="width:${share}%;background:${colors.get(part)}"></i>`
    })
    const [name] = Object.values(row)
    const total = figureText(totals[index] ?? 0, undefined)
    return `<li><b>${escapeHtml(name)}</b><span>${pieces.join('')}</span><em>${total}</em></li>`
  })
  const names = parts.map(part => `<li><i style="background:${colors.get(part)}"></i>${escapeHtml(part)}</li>`)
  const many = rows.length > rowsInColumn ? ' many' : ''
  const legend = parts.length > 1 ? `<ul class="legend">${names.join('')}</ul>` : ''
  return `<ul class="bars${many}">${bars.join('')}</ul>${legend}`
}

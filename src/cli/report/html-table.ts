import { escapeHtml } from './escape-html.ts'
import { figureText } from './figures.ts'
import type { PanelRow } from './panel-row.ts'

const timeForm = /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d/

export function htmlTable(rows: readonly PanelRow[]): string {
  const [first] = rows
  if (first === undefined) return '<p class="empty">Nothing in this time.</p>'
  const names = Object.keys(first)
  const head = names.map(name => heading(name, rows)).join('')
  const body = rows.map(row => `<tr>${names.map(name => cell(name, row[name])).join('')}</tr>`)
  return `<div class="scroll"><table><thead><tr>${head}</tr></thead><tbody>${body.join('')}</tbody></table></div>`
}

/** Over figures a heading stands where they stand. */
function heading(name: string, rows: readonly PanelRow[]): string {
  const isNumber = rows.some(row => typeof row[name] === 'number')
  return `<th${isNumber ? ' class="number"' : ''}>${escapeHtml(name.replaceAll('_', ' '))}</th>`
}

function cell(name: string, value: unknown): string {
  if (typeof value === 'number') {
    return `<td class="number">${figureText(value, name.startsWith('bytes') ? 'bytes' : undefined)}</td>`
  }
  const text = typeof value === 'string' && timeForm.test(value) ? value.slice(0, 19) : value
  return `<td title="${escapeHtml(text)}">${escapeHtml(text)}</td>`
}

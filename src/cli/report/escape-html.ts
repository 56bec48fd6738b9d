import { printable } from '../../recording/read/row-table.ts'

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

/** Text of the records inside HTML: it may come from anybody. */
export function escapeHtml(value: unknown): string {
  const text = typeof value === 'string' ? value : value === null ? '' : JSON.stringify(value)
  return printable(text, '\n').replaceAll(/[&<>"']/g, character => entities[character] ?? '')
}

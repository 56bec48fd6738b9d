/** A cell as structured content has it: text, number, boolean, null, a list, or a struct by field name. */
export type JsonCell = string | number | boolean | null | readonly JsonCell[] | { readonly [field: string]: JsonCell }

/**
 * Whether rows equal the expected ones. The corpus writes cells as GoogleSQL's evaluator prints them: structs `{a,b}`,
 * arrays `[a,b]`, dates in days and timestamps in seconds since 1970, bytes as `bytes:` and their characters.
 */
export function sameRows(
  actual: readonly (readonly JsonCell[])[],
  types: readonly string[],
  expected: readonly (readonly (string | null)[])[],
  ordered: boolean,
): boolean {
  const arrange = (rows: string[]) => (ordered ? rows : rows.toSorted())
  const wanted = arrange(expected.map(row => JSON.stringify(row)))
  const got = arrange(actual.map(row => JSON.stringify(row.map((cell, index) => render(cell, types[index] ?? '')))))
  return JSON.stringify(wanted) === JSON.stringify(got)
}

function render(cell: JsonCell, type: string): string | null {
  if (cell === null) return null
  if (Array.isArray(cell)) return `[${cell.map(item => render(item, elementType(type))).join(',')}]`
  if (typeof cell === 'object') return `{${Object.values(cell).map(renderField).join(',')}}`
  return renderScalar(String(cell), type)
}

/** Field types of a struct are not at hand; a value in the form of a date is one in this corpus. */
function renderField(cell: JsonCell): string | null {
  const isDate = typeof cell === 'string' && /^\d{4}-\d\d-\d\d$/.test(cell)
  return render(cell, isDate ? 'DATE' : '')
}

function elementType(type: string): string {
  return /^ARRAY<(.*)>$/.exec(type)?.[1] ?? ''
}

function renderScalar(text: string, type: string): string {
  switch (type) {
    case 'DATE':
      return String(Date.parse(`${text}T00:00:00Z`) / 86_400_000)
    case 'TIMESTAMP':
      return JSON.stringify({ seconds: String(Math.floor(Date.parse(text) / 1000)) })
    case 'BYTES':
      return `bytes:${Buffer.from(text, 'base64').toString('latin1')}`
    default:
      return text
  }
}

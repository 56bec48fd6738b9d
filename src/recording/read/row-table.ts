const widestCell = 40

/** Rows as a small table of text. Control characters are shown, not sent: a cell must not steer the terminal. */
export function rowTable(names: readonly string[], rows: readonly (readonly unknown[])[]): string {
  const texts = [names, ...rows].map(row => row.map(cellText))
  const widths = names.map((_, column) => Math.max(1, ...texts.map(row => row[column]?.length ?? 0)))
  const lineOf = (row: readonly string[]) =>
    widths
      .map((width, column) => (row[column] ?? '').padEnd(width))
      .join('  ')
      .trimEnd()
  const [head = [], ...body] = texts
  return [lineOf(head), widths.map(width => '─'.repeat(width)).join('  '), ...body.map(lineOf)].join('\n')
}

function cellText(cell: unknown): string {
  const text = typeof cell === 'string' ? cell : cell === null ? 'NULL' : JSON.stringify(cell)
  const shown = printable(text)
  return shown.length > widestCell ? `${shown.slice(0, widestCell - 1)}…` : shown
}

/** Text whose control characters, but for line ends where allowed, are written out. */
export function printable(text: string, keep = ''): string {
  return text.replaceAll(/[\p{Cc}\p{Cf}]/gu, character =>
    keep.includes(character) ? character : `\\u${(character.codePointAt(0) ?? 0).toString(16).padStart(4, '0')}`,
  )
}

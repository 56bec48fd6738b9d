import { lex } from '../../googlesql/lex/lex.ts'

export type DiffLine = { readonly sign: ' ' | '-' | '+'; readonly text: string }

const clauses = [
  ...['WITH', 'SELECT', 'FROM', 'WHERE', 'GROUP', 'HAVING', 'QUALIFY', 'WINDOW', 'ORDER', 'LIMIT', 'UNION', '|>'],
  ...['INTERSECT', 'JOIN', 'INNER', 'LEFT', 'RIGHT', 'FULL', 'CROSS', 'SET', 'VALUES', 'WHEN', 'USING', 'ON'],
]
const joinWords = ['JOIN', 'INNER', 'LEFT', 'RIGHT', 'FULL', 'CROSS', 'ORDER', 'GROUP', 'WITH']

/** A printed text with one clause and one statement a line, indented by their parentheses. */
export function clauseLines(sql: string): readonly string[] {
  const { types, texts, starts } = lex(sql)
  const breaks: { readonly at: number; readonly depth: number }[] = []
  let depth = 0
  for (const index of types.keys()) {
    const text = texts[index] ?? ''
    if (text === ')') depth -= 1
    const follows = joinWords.includes(texts[index - 1] ?? '') || texts[index + 1] === '('
    const isClause = clauses.includes(text) && !(follows && text !== 'SELECT' && text !== 'FROM' && text !== 'ON')
    const isStatement = texts[index - 1] === ';'
    if ((isClause || isStatement) && index > 0) breaks.push({ at: starts[index] ?? 0, depth })
    if (text === '(') depth += 1
  }
  const ends = [...breaks.slice(0).map(({ at }) => at), sql.length]
  const first = sql.slice(0, ends[0]).trim()
  const rest = breaks.map(({ at, depth: level }, index) => '  '.repeat(level) + sql.slice(at, ends[index + 1]).trim())
  return [first, ...rest].filter(line => line.trim() !== '')
}

/** The lines of both texts, those that are in one of them alone with a sign. */
export function difference(before: readonly string[], after: readonly string[]): readonly DiffLine[] {
  const lengths = commonLengths(before, after)
  const lines: DiffLine[] = []
  let [left, right] = [0, 0]
  while (left < before.length || right < after.length) {
    const [old, fresh] = [before[left], after[right]]
    if (old !== undefined && old === fresh) {
      lines.push({ sign: ' ', text: old })
      left += 1
      right += 1
    } else if (
      old !== undefined &&
      (fresh === undefined || at(lengths, left + 1, right) >= at(lengths, left, right + 1))
    ) {
      lines.push({ sign: '-', text: old })
      left += 1
    } else {
      lines.push({ sign: '+', text: fresh ?? '' })
      right += 1
    }
  }
  return lines
}

/** How many lines the ends of both texts have in common, from each pair of places on. */
function commonLengths(before: readonly string[], after: readonly string[]): readonly (readonly number[])[] {
  const table = Array.from({ length: before.length + 1 }, () => new Array<number>(after.length + 1).fill(0))
  for (let left = before.length - 1; left >= 0; left--) {
    for (let right = after.length - 1; right >= 0; right--) {
      const longest = Math.max(at(table, left + 1, right), at(table, left, right + 1))
      const row = table[left]
      if (row !== undefined) row[right] = before[left] === after[right] ? at(table, left + 1, right + 1) + 1 : longest
    }
  }
  return table
}

function at(table: readonly (readonly number[])[], left: number, right: number): number {
  return table[left]?.[right] ?? 0
}

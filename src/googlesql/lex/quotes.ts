/** A quoted literal in the source: where its content lies and how to read it. */
export type QuotedSpan = {
  readonly raw: boolean
  readonly bytes: boolean
  /** Where the content begins and ends, without prefix and quotes. */
  readonly from: number
  readonly to: number
  /** After the closing quote. */
  readonly end: number
}

const backslash = 92
const newline = 10
const carriageReturn = 13

/** Reads the literal whose opening quote stands at `quoteAt`; undefined when it never closes. */
export function quotedSpan(source: string, start: number, quoteAt: number): QuotedSpan | undefined {
  const prefix = source.slice(start, quoteAt).toLowerCase()
  const quote = source.charCodeAt(quoteAt)
  const triple = source.charCodeAt(quoteAt + 1) === quote && source.charCodeAt(quoteAt + 2) === quote
  const width = triple ? 3 : 1
  const from = quoteAt + width
  const to = closingQuote(source, from, quote, triple)
  if (to < 0) return undefined
  return { raw: prefix.includes('r'), bytes: prefix.includes('b'), from, to, end: to + width }
}

/** A backslash protects the next character in raw literals too. */
function closingQuote(source: string, from: number, quote: number, triple: boolean): number {
  for (let i = from; i < source.length; i++) {
    const code = source.charCodeAt(i)
    if (code === backslash) i++
    else if (code === quote) {
      if (!triple) return i
      if (source.charCodeAt(i + 1) === quote && source.charCodeAt(i + 2) === quote) return i
    } else if (!triple && (code === newline || code === carriageReturn)) return -1
  }
  return -1
}

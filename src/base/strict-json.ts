/** Two keys of one name, or `__proto__`: readers of JSON disagree on which one counts, so neither does. */
export class AmbiguousJson extends SyntaxError {}

const stringLiteral = /"[^"\\]*(?:\\.[^"\\]*)*"/y
const colonAfter = /\s*:/y

/** Parses JSON that has one reading only and is nested at most `maxDepth` deep. Throws a `SyntaxError` otherwise. */
export function parseStrictJson(text: string, maxDepth: number): unknown {
  const value: unknown = JSON.parse(text)
  refuseAmbiguity(text, maxDepth)
  return value
}

/** Walks text that is known to be JSON. Iterative, so that depth costs no stack. */
function refuseAmbiguity(text: string, maxDepth: number): void {
  const open: Set<string>[] = []
  for (let at = 0; at < text.length; at++) {
    const character = text[at]
    if (character === '{' || character === '[') {
      open.push(new Set())
      if (open.length > maxDepth) throw new AmbiguousJson(`nested more than ${maxDepth} deep`)
    } else if (character === '}' || character === ']') {
      open.pop()
    } else if (character === '"') {
      const literal = matchAt(stringLiteral, text, at)
      at += literal.length - 1
      if (matchAt(colonAfter, text, at + 1) !== '') takeKey(literal, open.at(-1))
    }
  }
}

function takeKey(literal: string, keys: Set<string> | undefined): void {
  const key = String(JSON.parse(literal))
  if (key === '__proto__' || keys?.has(key) === true) throw new AmbiguousJson(`the key ${literal} is ambiguous`)
  keys?.add(key)
}

function matchAt(pattern: RegExp, text: string, at: number): string {
  pattern.lastIndex = at
  return pattern.exec(text)?.[0] ?? ''
}

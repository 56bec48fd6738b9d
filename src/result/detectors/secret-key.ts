import { type Found, matches } from '../detector.ts'

/** Forms that tell a credential from other text. Each may begin only where a word begins, which keeps the search linear. */
const forms = [
  '(?:AKIA|ASIA)[0-9A-Z]{16}',
  'AIza[0-9A-Za-z_-]{35}',
  'gh[pousr]_[0-9A-Za-z]{36,255}',
  'github_pat_[0-9A-Za-z_]{36,255}',
  'glpat-[0-9A-Za-z_-]{20,64}',
  'xox[abeoprs]-[0-9A-Za-z-]{10,255}',
  '(?:sk|rk)_live_[0-9A-Za-z]{16,255}',
  'sk-[0-9A-Za-z_-]{20,255}',
  'ya29\\.[0-9A-Za-z_-]{20,2000}',
  'eyJ[0-9A-Za-z_-]{10,2000}\\.eyJ[0-9A-Za-z_-]{10,8000}\\.[0-9A-Za-z_-]{16,2000}',
]
const token = new RegExp(`(?<![\\w-])(?:${forms.join('|')})(?![\\w-])`, 'g')

const begin = /-----BEGIN [A-Z ]{0,30}PRIVATE KEY-----/g
const end = /-----END [A-Z ]{0,30}PRIVATE KEY-----/g

export function findSecretKeys(text: string): readonly Found[] {
  const tokens = matches(token, text, () => true)
  return text.includes('PRIVATE KEY-----') ? merge(findPrivateKeys(text), tokens) : tokens
}

/** From its first line to its last, or to the end of the text where it is cut off. */
function findPrivateKeys(text: string): readonly Found[] {
  const found: Found[] = []
  for (let from = 0; from < text.length; ) {
    const start = indexOfMatch(begin, text, from)
    if (start === undefined) break
    const last = indexOfMatch(end, text, start.end)
    found.push({ start: start.start, end: last?.end ?? text.length })
    from = last?.end ?? text.length
  }
  return found
}

function indexOfMatch(pattern: RegExp, text: string, from: number): Found | undefined {
  pattern.lastIndex = from
  const match = pattern.exec(text)
  return match === null ? undefined : { start: match.index, end: match.index + match[0].length }
}

function merge(blocks: readonly Found[], tokens: readonly Found[]): readonly Found[] {
  const outside = tokens.filter(token => !blocks.some(block => token.start < block.end && token.end > block.start))
  return [...blocks, ...outside].toSorted((left, right) => left.start - right.start)
}

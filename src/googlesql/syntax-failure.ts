/** What a SyntaxFailure says beside its place. `expected` may be empty where anything else would have done. */
export type SyntaxProblem = {
  readonly expected: string
  readonly found: string
  /** What the author may try, if there is something to say. */
  readonly hint?: string
}

/** The text is not GoogleSQL as this front end knows it. Lines and columns count from 1, in UTF-16 units. */
export class SyntaxFailure extends Error {
  override readonly name = 'SyntaxFailure'
  readonly offset: number
  readonly line: number
  readonly column: number
  readonly expected: string
  readonly found: string
  readonly hint: string | undefined

  constructor(text: string, offset: number, problem: SyntaxProblem) {
    const { line, column } = placeOf(text, offset)
    super(describe(problem, line, column))
    this.offset = offset
    this.line = line
    this.column = column
    this.expected = problem.expected
    this.found = problem.found
    this.hint = problem.hint
  }
}

function describe({ expected, found, hint }: SyntaxProblem, line: number, column: number): string {
  const clash = expected === '' ? `Unexpected ${found}` : `Expected ${expected} but found ${found}`
  return `${clash} at line ${line}, column ${column}.${hint === undefined ? '' : ` ${hint}`}`
}

export function placeOf(text: string, offset: number): { readonly line: number; readonly column: number } {
  let line = 1
  let lineStart = 0
  for (let at = text.indexOf('\n'); at >= 0 && at < offset; at = text.indexOf('\n', at + 1)) {
    line++
    lineStart = at + 1
  }
  return { line, column: offset - lineStart + 1 }
}

import { parseStatement } from '../../src/googlesql/parse/parse.ts'
import { print } from '../../src/googlesql/print/print.ts'
import { SyntaxFailure } from '../../src/googlesql/syntax-failure.ts'

/** The text of a statement as it is printed again. */
export function canonical(sql: string): string {
  return print(parseStatement(sql))
}

/** Where a text stops being a statement, and what was expected there. */
export function refusal(sql: string): readonly [column: number, expected: string] {
  try {
    parseStatement(sql)
  } catch (failure) {
    if (failure instanceof SyntaxFailure) return [failure.column, failure.expected]
    throw failure
  }
  throw new Error(`parsed: ${sql}`)
}

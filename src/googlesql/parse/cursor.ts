import type { Expression } from '../ast/expression.ts'
import type { Identifier, Path } from '../ast/name.ts'
import type { Query, QueryBody } from '../ast/query.ts'
import type { Span } from '../ast/span.ts'
import type { Statement } from '../ast/statement.ts'
import type { TableFunction } from '../ast/table.ts'
import type { Type } from '../ast/type.ts'
import type { Foreign, ForeignSyntax } from '../foreign-syntax.ts'
import { unescape } from '../lex/escapes.ts'
import { type Tokens, type TokenText, type TokenType, tokenType } from '../lex/tokens.ts'
import { SyntaxFailure } from '../syntax-failure.ts'
import { otherDialectHint } from './other-dialects.ts'

/** How deep constructs may nest in one another. */
export const maxNesting = 200

/** The productions that reach round to one another; the cursor carries them so that their files need no cycle. */
export type Productions = {
  readonly expression: (cursor: Cursor) => Expression
  /** An expression whose first operand has been read already. */
  readonly expressionAfter: (cursor: Cursor, operand: Expression) => Expression
  /** An operand of AND: an expression without AND and OR at its top. */
  readonly operand: (cursor: Cursor) => Expression
  /** A side of a comparison. */
  readonly term: (cursor: Cursor) => Expression
  /** An expression without operators and without what may be attached behind it. */
  readonly primary: (cursor: Cursor) => Expression
  /** Fields, elements and calls attached behind an operand. */
  readonly postfix: (cursor: Cursor, operand: Expression) => Expression
  readonly query: (cursor: Cursor) => Query
  /** A query whose first part has been read already. */
  readonly queryAfter: (cursor: Cursor, body: QueryBody) => Query
  readonly type: (cursor: Cursor) => Type
  readonly statement: (cursor: Cursor) => Statement
  /** The call of a table function whose name has been read. */
  readonly tableCall: (cursor: Cursor, name: Path) => TableFunction
}

/** A place in the tokens, with what every production needs to look, take and complain. */
export class Cursor {
  readonly tokens: Tokens
  readonly productions: Productions
  position = 0
  /** What was read that BigQuery lacks. */
  readonly foreign: Foreign[] = []
  private depth = 0

  constructor(tokens: Tokens, productions: Productions) {
    this.tokens = tokens
    this.productions = productions
  }

  is(text: TokenText): boolean {
    return this.tokens.texts[this.position] === text
  }

  isAt(ahead: number, text: TokenText): boolean {
    return this.tokens.texts[this.position + ahead] === text
  }

  /** Whether the next tokens are these, in this order. */
  are(first: TokenText, ...rest: readonly TokenText[]): boolean {
    return this.is(first) && rest.every((text, index) => this.isAt(index + 1, text))
  }

  isAny(texts: readonly TokenText[]): boolean {
    const text = this.tokens.texts[this.position] ?? ''
    return text !== '' && texts.includes(text)
  }

  typeAt(ahead: number): TokenType {
    return this.tokens.types[this.position + ahead] ?? tokenType.end
  }

  get text(): TokenText {
    return this.tokens.texts[this.position] ?? ''
  }

  get type(): TokenType {
    return this.tokens.types[this.position] ?? tokenType.end
  }

  get isEnd(): boolean {
    return this.type === tokenType.end
  }

  get start(): number {
    return this.tokens.starts[this.position] ?? this.tokens.source.length
  }

  get end(): number {
    return this.tokens.ends[this.position] ?? this.tokens.source.length
  }

  /** The source of the token here. */
  get source(): string {
    return this.tokens.source.slice(this.start, this.end)
  }

  /** From `start` to the last token taken. */
  span(start: number): Span {
    return { start, end: this.tokens.ends[this.position - 1] ?? start }
  }

  advance(): void {
    this.position++
  }

  take(text: TokenText): boolean {
    if (!this.is(text)) return false
    this.position++
    return true
  }

  takeAll(first: TokenText, ...rest: readonly TokenText[]): boolean {
    if (!this.are(first, ...rest)) return false
    this.position += 1 + rest.length
    return true
  }

  /** Takes the first of `texts` that stands here. */
  takeAny<T extends TokenText>(texts: readonly T[]): T | undefined {
    if (!this.isAny(texts)) return undefined
    const { text } = this
    this.position++
    return text as T
  }

  expect(text: TokenText, hint?: string): void {
    if (!this.take(text)) throw this.failure(quoteToken(text), hint)
  }

  expectAll(...texts: readonly TokenText[]): void {
    for (const text of texts) this.expect(text)
  }

  expectAny<T extends TokenText>(texts: readonly T[]): T {
    const taken = this.takeAny(texts)
    if (taken === undefined) throw this.failure(texts.map(quoteToken).join(' or '))
    return taken
  }

  isIdentifier(ahead = 0): boolean {
    return this.typeAt(ahead) <= tokenType.quoted
  }

  identifier(expected = 'an identifier'): Identifier {
    if (this.type > tokenType.quoted) throw this.failure(expected, this.reservedHint())
    return this.takeName()
  }

  /** A name where the lexer has set keywords aside: after a dot, `@` and `@@`. */
  takeNameOf(expected: string): Identifier {
    return this.identifier(expected)
  }

  /** The token here as an identifier, whatever word it is. */
  takeName(): Identifier {
    const { start, end } = this
    const quoted = this.type === tokenType.quoted
    const at: Span = { start, end }
    const text = quoted ? this.unquoted() : this.tokens.source.slice(start, end)
    this.position++
    return { kind: 'Identifier', text, quoted, at }
  }

  private unquoted(): string {
    const content = this.tokens.source.slice(this.start + 1, this.end - 1)
    if (!content.includes('\\')) return content
    const unescaped = unescape(content, false)
    if ('bad' in unescaped) throw this.failureAt(this.start + 1 + unescaped.bad.index, 'an escape', unescaped.bad.text)
    return unescaped.value
  }

  private reservedHint(): string | undefined {
    if (this.type !== tokenType.reserved) return undefined
    return `${this.text} is a reserved word; as a name it needs backticks: \`${this.source}\`.`
  }

  /** Takes down that what begins at `offset` is no part of BigQuery. */
  lacks(syntax: ForeignSyntax, offset: number): void {
    this.foreign.push({ syntax, offset })
  }

  failure(expected: string, hint?: string): SyntaxFailure {
    return this.failureAt(this.start, expected, this.describeToken(), hint)
  }

  failureAt(offset: number, expected: string, found: string, ownHint?: string): SyntaxFailure {
    const { source } = this.tokens
    const hint = otherDialectHint(source, offset) ?? ownHint
    return new SyntaxFailure(source, offset, { expected, found, ...(hint !== undefined && { hint }) })
  }

  private describeToken(): string {
    if (this.isEnd) return 'end of text'
    const shown = this.source.length > 40 ? `${this.source.slice(0, 40)}…` : this.source
    return this.type === tokenType.reserved ? `the keyword ${this.text}` : shown
  }

  /** Reads one level deeper; the levels are counted, so that no input can exhaust the stack. */
  nested<T>(read: (cursor: Cursor) => T): T {
    if (++this.depth > maxNesting) {
      throw this.failureAt(this.start, `at most ${maxNesting} levels of nesting`, 'more', 'Flatten the statement.')
    }
    const result = read(this)
    this.depth--
    return result
  }

  /** `item, item, …` */
  list<T>(item: (cursor: Cursor) => T): readonly T[] {
    const items = [item(this)]
    while (this.take(',')) items.push(item(this))
    return items
  }

  /** `(item, item, …)` */
  parenthesized<T>(item: (cursor: Cursor) => T): readonly T[] {
    this.expect('(')
    const items = this.list(item)
    this.expect(')')
    return items
  }

  expression(): Expression {
    return this.productions.expression(this)
  }

  operand(): Expression {
    return this.productions.operand(this)
  }

  query(): Query {
    return this.productions.query(this)
  }

  term(): Expression {
    return this.productions.term(this)
  }

  statement(): Statement {
    return this.productions.statement(this)
  }

  /** `(query)` */
  parenthesizedQuery(): Query {
    this.expect('(')
    const query = this.query()
    this.expect(')')
    return query
  }

  dataType(): Type {
    return this.productions.type(this)
  }
}

function quoteToken(text: TokenText): string {
  return /^[A-Z]/.test(text) ? text : `"${text}"`
}

import type { Expression } from './expression.ts'
import type { Span } from './span.ts'

/**
 * One name. `text` is decoded; a quoted name may hold dots (`` `p.d.t` `` is one identifier) and, as the first part of a
 * table path, an unquoted one may hold dashes (`my-project`).
 */
export type Identifier = {
  readonly kind: 'Identifier'
  readonly text: string
  readonly quoted: boolean
  readonly at: Span
}

/** The dotted name of a table, function, type or other object, one identifier for each part as written. */
export type Path = {
  readonly kind: 'Path'
  readonly parts: readonly [Identifier, ...Identifier[]]
  readonly at: Span
}

/** `name = value` in an OPTIONS list; `append` is `+=`, `remove` is `-=`. */
export type OptionEntry = {
  readonly kind: 'OptionEntry'
  readonly name: Identifier
  readonly operator: '=' | '+=' | '-='
  readonly value: Expression
  readonly at: Span
}

export type Options = {
  readonly kind: 'Options'
  readonly entries: readonly OptionEntry[]
  readonly at: Span
}

/** The nodes of this file. */
export type NameNode = Identifier | Path | OptionEntry | Options

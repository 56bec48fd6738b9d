import { nearestNames } from '../../base/nearest-names.ts'
import type { Identifier } from '../../googlesql/ast/name.ts'
import { Failure } from '../../model/failure.ts'
import { sameName } from '../table-name.ts'
import { columnsNamed } from './columns-named.ts'
import type { Scope } from './context.ts'
import { fieldOf, nameLeaves } from './leaves.ts'
import { type Column, type FromScope, mergeReads, type Range, type Value } from './relation.ts'

/** What a name means, and whether it is a pseudo-column or a variable. */
type Found = Value & { readonly pseudo?: string; readonly variable?: Column }

/** What a dotted name means: the longest the scope knows, then fields of it. Inner scopes hide outer ones. */
export function lookUp(parts: readonly [Identifier, ...Identifier[]], scope: Scope): Found {
  const found = lookUpIn(parts, scope)
  if (found === undefined) throw unknownColumn(parts, scope)
  nameLeaves(found)
  return found
}

function lookUpIn(parts: readonly [Identifier, ...Identifier[]], scope: Scope): Found | undefined {
  const [head, ...rest] = parts
  for (let here: Scope | undefined = scope; here !== undefined; here = here.outer) {
    const local = here.locals?.find(column => isNamed(column, head.text))
    if (local !== undefined) return descend(local, rest)
    const inAliases = here.aliases === undefined ? undefined : pick(here.aliases.columns, head, 'the select list')
    const isOnlyAlias = inAliases !== undefined && here.aliases?.precedence === 'last' && isAmbiguous(head, here.from)
    const inFrom = isOnlyAlias ? undefined : fromValue(parts, here.from)
    const [first, second] = here.aliases?.precedence === 'first' ? [inAliases, undefined] : [undefined, inAliases]
    if (first !== undefined) return descend(first, rest)
    if (inFrom !== undefined) return inFrom
    if (second !== undefined) return descend(second, rest)
  }
  const variable = scope.env.variables.find(column => isNamed(column, head.text))
  return variable && { ...descend(variable, rest), variable }
}

/** `SELECT a.id … GROUP BY id` means the column of the select list where several tables have one. */
function isAmbiguous({ text }: Identifier, { ranges, star }: FromScope): boolean {
  const isRange = ranges.some(({ name }) => name !== undefined && sameName(name, text))
  return !isRange && columnsNamed(star, text).length > 1
}

/** A range variable comes before a column of the same name; where a path fits both, both count as read. */
function fromValue(
  parts: readonly [Identifier, ...Identifier[]],
  from: FromScope,
): (Value & { pseudo?: string }) | undefined {
  const [head, ...rest] = parts
  const range = from.ranges.find(candidate => candidate.name !== undefined && sameName(candidate.name, head.text))
  if (range === undefined) {
    const column = pick(from.star, head, 'FROM')
    return column === undefined ? undefined : descend(column, rest)
  }
  const [next, ...further] = rest
  if (next === undefined) return wholeRow(range)
  const column = pick(range.columns, next, 'FROM')
  if (column !== undefined) return descend(column, further)
  const byValue = range.isValue === true ? fieldOf(wholeRow(range), next.text) : undefined
  if (byValue !== undefined) return descendValue(byValue, further)
  throw new Failure('unknown_name', {
    detail: `${range.name} has no column ${next.text}.`,
    suggestions: nearestNames(next.text, namesIn(range.columns)),
  })
}

/** A row as a value: `SELECT t`, `TO_JSON_STRING(t)`. Every column of it is read. */
export function wholeRow(range: Range): Value {
  const [only] = range.columns
  if (range.isValue === true && only !== undefined) return only
  const columns = range.columns.filter(column => column.isPseudo !== true)
  const fields = columns.map(({ name, type }) => ({ name: name ?? '', type }))
  const reads = mergeReads(...columns.map(column => column.reads))
  if (fields.some(field => field.type === undefined)) return { type: undefined, reads }
  return { type: { kind: 'struct', fields: fields.flatMap(({ name, type }) => (type ? [{ name, type }] : [])) }, reads }
}

function pick(
  columns: readonly Column[],
  { text }: Identifier,
  place: 'FROM' | 'the select list',
): (Column & { pseudo?: string }) | undefined {
  const [first, second] = columnsNamed(columns, text)
  if (second !== undefined) {
    throw new Failure('ambiguous_name', { detail: `${text} is the name of more than one column of ${place}.` })
  }
  return first?.isPseudo === true ? unmarked(first) : first
}

/** What is named is a column like any other from there on. */
function unmarked({ isPseudo: _isPseudo, ...column }: Column): Column & { pseudo?: string } {
  return column.name === undefined ? column : { ...column, pseudo: column.name }
}

/** Names of columns have no case; an anonymous column has none. */
export function isNamed(column: Column, name: string): boolean {
  return column.name !== undefined && sameName(column.name, name)
}

function descend(column: Column & { pseudo?: string }, fields: readonly Identifier[]): Value & { pseudo?: string } {
  const value = descendValue(column, fields)
  return column.pseudo === undefined ? value : { ...value, pseudo: column.pseudo }
}

function descendValue(value: Value, fields: readonly Identifier[]): Value {
  if (fields.length === 0) return value
  return fields.reduce((whole, field) => {
    const part = fieldOf(whole, field.text)
    if (part !== undefined) return part
    const known = whole.type?.kind === 'struct' ? whole.type.fields.map(({ name }) => name) : []
    throw new Failure('unknown_name', {
      detail: `There is no field ${field.text}.`,
      suggestions: nearestNames(field.text, known),
    })
  }, value)
}

function unknownColumn(parts: readonly Identifier[], scope: Scope): Failure {
  const [head] = parts
  const visible: string[] = []
  for (let here: Scope | undefined = scope; here !== undefined; here = here.outer) {
    visible.push(...namesIn(here.from.star), ...here.from.ranges.flatMap(range => range.name ?? []))
  }
  const name = parts.map(part => part.text).join('.')
  return new Failure('unknown_name', {
    detail: `There is no column ${name} in the tables of this query.`,
    suggestions: nearestNames(head?.text ?? '', visible),
  })
}

function namesIn(columns: readonly Column[]): readonly string[] {
  return columns.flatMap(column => (column.name === undefined || column.isPseudo === true ? [] : [column.name]))
}

import type { Argument, Clamp, FunctionCall, HavingExtreme, Report, StarArgument } from '../ast/call.ts'
import type { Expression } from '../ast/expression.ts'
import type { ExtensionAccess } from '../ast/foreign.ts'
import type { Identifier, Path } from '../ast/name.ts'
import type { Query } from '../ast/query.ts'
import { parseArgument } from './arguments.ts'
import type { Cursor } from './cursor.ts'
import { parseHint, withHint, withOrderHint } from './hints.ts'
import { parseReplacedField } from './messages.ts'
import { parseOptionList, pathAfter } from './names.ts'
import { parseGroupBy, parseLimit, parseOrderBy } from './ordering.ts'
import { parseWindow } from './windows.ts'

/** A call whose name has been read; its "(" stands here. */
export function parseCall(c: Cursor, path: Path, target: Expression | undefined, start: number): FunctionCall {
  const { name, safe } = withoutSafe(path)
  c.expect('(')
  const distinct = c.take('DISTINCT')
  const args = isReplaceFields(name) ? parseReplacedFields(c, target) : c.nested(parseArguments)
  const { nulls, where, having, groupBy, groupHaving, clamp, report, orderBy, orderHint, limit } = parseModifiers(c)
  c.expect(')')
  const hint = parseHint(c)
  const groupRows = parseGroupRows(c)
  const over = c.take('OVER') ? parseWindow(c) : undefined
  // Written out, because it is the most frequent node and a spread is slow.
  const call: FunctionCall = {
    kind: 'FunctionCall',
    target,
    name,
    safe,
    distinct,
    args,
    nulls,
    where,
    having,
    groupBy,
    groupHaving,
    clamp,
    report,
    orderBy,
    limit,
    groupRows,
    over,
    at: c.span(start),
  }
  return withOrderHint(withHint(call, hint), orderHint)
}

/** `.(net.host)(…)` after a target: the path in parentheses, and the call; without the call it is an extension. */
export function parseChainedCall(c: Cursor, target: Expression): FunctionCall | ExtensionAccess {
  c.expect('.')
  const { start } = c
  c.expect('(')
  const path = pathAfter(c, c.identifier('a function name'))
  c.expect(')')
  if (c.is('(')) return parseCall(c, path, target, target.at.start)
  c.lacks('extension', start)
  return { kind: 'ExtensionAccess', target, path, at: c.span(target.at.start) }
}

function withoutSafe(path: Path): { readonly name: Path; readonly safe: boolean } {
  if (path.parts.length === 1) return { name: path, safe: false }
  const [prefix, first, ...rest] = path.parts
  const safe = first !== undefined && !prefix.quoted && prefix.text.toUpperCase() === 'SAFE'
  if (!safe) return { name: path, safe }
  const parts: [Identifier, ...Identifier[]] = [first, ...rest]
  return { name: { kind: 'Path', parts, at: { start: first.at.start, end: path.at.end } }, safe }
}

const replaceFields = 'REPLACE_FIELDS'

function isReplaceFields({ parts: [{ text }] }: Path): boolean {
  return text.length === replaceFields.length && text.toUpperCase() === replaceFields
}

/** `REPLACE_FIELDS(message, value AS field, …)`; behind a target, that is the message. */
function parseReplacedFields(c: Cursor, target: Expression | undefined): readonly Argument[] {
  if (target !== undefined) return c.list(parseReplacedField)
  const message = c.expression()
  c.expect(',')
  return [message, ...c.list(parseReplacedField)]
}

const modifierStarts = ['IGNORE', 'RESPECT', 'WHERE', 'HAVING', 'GROUP', 'CLAMPED', 'WITH', 'ORDER', 'LIMIT'] as const

function parseArguments(c: Cursor): readonly Argument[] {
  if (c.is(')')) return []
  if (c.is('*')) return parseStarArguments(c)
  const isModifier = c.isAny(modifierStarts) && !c.is('CLAMPED') && !c.isAt(1, '(')
  return isModifier ? [] : c.list(parseArgument)
}

/** `COUNT(*)`; differentially private counts have named arguments behind the star. */
function parseStarArguments(c: Cursor): readonly Argument[] {
  const star = parseStar(c)
  return c.take(',') ? [star, ...c.list(parseArgument)] : [star]
}

function parseStar(c: Cursor): StarArgument {
  const { start } = c
  c.expect('*')
  return { kind: 'StarArgument', at: c.span(start) }
}

type Modifiers = Pick<
  FunctionCall,
  'nulls' | 'where' | 'having' | 'groupBy' | 'groupHaving' | 'clamp' | 'report' | 'orderBy' | 'orderHint' | 'limit'
>

const noModifiers: Modifiers = {
  nulls: undefined,
  where: undefined,
  having: undefined,
  groupBy: undefined,
  groupHaving: undefined,
  clamp: undefined,
  report: undefined,
  orderBy: [],
  limit: undefined,
}

function parseModifiers(c: Cursor): Modifiers {
  if (c.is(')')) return noModifiers
  const nulls = c.takeAny(['IGNORE', 'RESPECT'])
  if (nulls !== undefined) c.expect('NULLS')
  const where = c.take('WHERE') ? c.expression() : undefined
  const having = parseHavingExtreme(c)
  const groupBy = parseGroupBy(c)
  if (groupBy?.all) throw c.failureAt(groupBy.at.start, 'GROUP BY with its keys', 'GROUP BY ALL')
  const groupHaving = groupBy !== undefined && c.take('HAVING') ? c.expression() : undefined
  const clamp = parseClamp(c)
  const report = parseReport(c)
  const { orderBy, orderHint } = parseOrderBy(c)
  const limit = parseLimit(c)
  return withOrderHint({ nulls, where, having, groupBy, groupHaving, clamp, report, orderBy, limit }, orderHint)
}

function parseHavingExtreme(c: Cursor): HavingExtreme | undefined {
  const { start } = c
  if (!c.take('HAVING')) return undefined
  const extreme = c.expectAny(['MAX', 'MIN'])
  return { kind: 'HavingExtreme', extreme, value: c.expression(), at: c.span(start) }
}

function parseClamp(c: Cursor): Clamp | undefined {
  const { start } = c
  if (!c.take('CLAMPED')) return undefined
  c.expect('BETWEEN')
  const low = c.operand()
  c.expect('AND')
  return { kind: 'Clamp', low, high: c.expression(), at: c.span(start) }
}

function parseReport(c: Cursor): Report | undefined {
  const { start } = c
  if (!c.takeAll('WITH', 'REPORT')) return undefined
  const options = c.is('(') ? parseOptionList(c) : undefined
  return { kind: 'Report', options, at: c.span(start) }
}

function parseGroupRows(c: Cursor): Query | undefined {
  return c.takeAll('WITH', 'GROUP', 'ROWS') ? c.nested(inner => inner.parenthesizedQuery()) : undefined
}

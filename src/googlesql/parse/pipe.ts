import type { Expression } from '../ast/expression.ts'
import type { Identifier } from '../ast/name.ts'
import type {
  PipeAggregate,
  PipeAggregateItem,
  PipeAssignment,
  PipeOperator,
  PipeRecursiveUnion,
  PipeRenaming,
  PipeSetOperation,
} from '../ast/pipe.ts'
import type { NamedWindow, Query, Select, SelectItem } from '../ast/query.ts'
import type { TokenText } from '../lex/tokens.ts'
import type { Cursor } from './cursor.ts'
import { parsePipeInsert } from './dml.ts'
import { parseJoin } from './from.ts'
import { startsBy, takeBy, withHint } from './hints.ts'
import { startsQuery, startsSetOperator } from './lookahead.ts'
import { parseMatchRecognize } from './match-recognize.ts'
import { parseDestination } from './movement.ts'
import { parseAsAlias } from './names.ts'
import { endsPipeList, parseDirection, parseLimit, parseOrderItem, parsePipeGroupBy, undirected } from './ordering.ts'
import { parseFork, parsePipeIf, parseSubpipeline } from './pipe-branches.ts'
import { parsePivot, parseTableSample, parseUnpivot } from './postfix-operators.ts'
import { parseSelectHead, parseSelectItem, parseSelectModifier } from './select.ts'
import { parseSetOperator } from './set-operator.ts'
import { parseCalledTable } from './table.ts'
import { parseNamedWindow } from './windows.ts'
import { parseDepth, parseWith } from './with.ts'

type Reader = (c: Cursor, start: number) => PipeOperator

const readers: Partial<Record<TokenText, Reader>> = {
  WHERE: (c, start) => ({ kind: 'PipeWhere', condition: after(c, 'WHERE').expression(), at: c.span(start) }),
  SELECT: (c, start) => ({ kind: 'PipeSelect', select: parsePipeSelect(c, start), at: c.span(start) }),
  EXTEND: parseExtend,
  SET: (c, start) => ({ kind: 'PipeSet', items: pipeList(after(c, 'SET'), parseAssignment), at: c.span(start) }),
  DROP: (c, start) => ({ kind: 'PipeDrop', columns: pipeList(after(c, 'DROP'), parseName), at: c.span(start) }),
  RENAME: (c, start) => ({ kind: 'PipeRename', items: pipeList(after(c, 'RENAME'), parseRenaming), at: c.span(start) }),
  AS: (c, start) => ({ kind: 'PipeAs', alias: after(c, 'AS').identifier('an alias'), at: c.span(start) }),
  LIMIT: parsePipeLimit,
  ORDER: parsePipeOrderBy,
  AGGREGATE: parseAggregate,
  DISTINCT: (c, start) => ({ kind: 'PipeDistinct', at: after(c, 'DISTINCT').span(start) }),
  RECURSIVE: parseRecursiveUnion,
  CALL: (c, start) => ({ kind: 'PipeCall', call: parseCalledTable(after(c, 'CALL')), at: c.span(start) }),
  WINDOW: (c, start) => ({ kind: 'PipeWindow', items: pipeList(after(c, 'WINDOW'), parseAdded), at: c.span(start) }),
  WITH: parsePipeWith,
  ASSERT: parseAssert,
  TABLESAMPLE: (c, start) => ({ kind: 'PipeTableSample', sample: parseTableSample(c), at: c.span(start) }),
  PIVOT: (c, start) => ({ kind: 'PipePivot', pivot: parsePivot(c), at: c.span(start) }),
  UNPIVOT: (c, start) => ({ kind: 'PipeUnpivot', unpivot: parseUnpivot(c), at: c.span(start) }),
  MATCH_RECOGNIZE: (c, start) => ({ kind: 'PipeMatchRecognize', match: parseMatchRecognize(c), at: c.span(start) }),
  FORK: (c, start) => parseFork(c, start, parsePipeOperator),
  TEE: (c, start) => parseFork(c, start, parsePipeOperator),
  LOG: (c, start) => parseFork(c, start, parsePipeOperator),
  IF: (c, start) => parsePipeIf(c, start, parsePipeOperator),
  DESCRIBE: parseDescribe,
  STATIC_DESCRIBE: parseDescribe,
  CREATE: parsePipeCreateTable,
  INSERT: parsePipeInsert,
  EXPORT: parsePipeExport,
}

const joinStarts = ['JOIN', 'INNER', 'CROSS', 'LEFT', 'RIGHT', 'FULL', 'NATURAL', 'HASH', 'LOOKUP'] as const

/** What follows `|>`. */
export function parsePipeOperator(c: Cursor): PipeOperator {
  const { start } = c
  const reader = readers[c.text]
  if (reader !== undefined) return reader(c, start)
  if (startsSetOperator(c)) return parsePipeSetOperation(c, start)
  if (c.isAny(joinStarts)) return { kind: 'PipeJoin', join: parseJoin(c), at: c.span(start) }
  throw c.failure(
    'a pipe operator',
    `Pipe operators are ${Object.keys(readers).join(', ')}, JOIN and the set operators.`,
  )
}

/** The cursor behind a word that stands here. */
function after(c: Cursor, word: TokenText): Cursor {
  c.expect(word)
  return c
}

/** A list that may end in a comma. */
function pipeList<T>(c: Cursor, item: (c: Cursor) => T): readonly T[] {
  const items = [item(c)]
  while (c.take(',') && !endsPipeList(c)) items.push(item(c))
  return items
}

function parsePipeSelect(c: Cursor, start: number): Select {
  const head = parseSelectHead(c)
  const rest = { from: undefined, where: undefined, groupBy: undefined, having: undefined, qualify: undefined }
  return { kind: 'Select', ...head, ...rest, windows: parsePipeWindows(c), at: c.span(start) }
}

function parsePipeWindows(c: Cursor): readonly NamedWindow[] {
  return c.take('WINDOW') ? pipeList(c, parseNamedWindow) : []
}

function parseExtend(c: Cursor, start: number): PipeOperator {
  c.expect('EXTEND')
  const items = [parseAdded(c)]
  while (c.take(',') && !endsPipeList(c) && !c.is('WINDOW')) items.push(parseAdded(c))
  return { kind: 'PipeExtend', items, windows: parsePipeWindows(c), at: c.span(start) }
}

function parseAssignment(c: Cursor): PipeAssignment {
  const { start } = c
  const column = c.identifier('a column')
  c.expect('=')
  return { kind: 'PipeAssignment', column, value: c.expression(), at: c.span(start) }
}

function parseName(c: Cursor): Identifier {
  return c.identifier('a column')
}

function parseRenaming(c: Cursor): PipeRenaming {
  const { start } = c
  const from = c.identifier('a column')
  c.take('AS')
  return { kind: 'PipeRenaming', from, to: c.identifier('a new name'), at: c.span(start) }
}

function parsePipeLimit(c: Cursor, start: number): PipeOperator {
  const limit = parseLimit(c)
  if (limit === undefined) throw c.failure('LIMIT')
  return { kind: 'PipeLimit', limit, at: c.span(start) }
}

function parsePipeOrderBy(c: Cursor, start: number): PipeOperator {
  if (!startsBy(c, 'ORDER')) throw c.failure('ORDER BY')
  const hint = takeBy(c)
  return withHint({ kind: 'PipeOrderBy', items: pipeList(c, parseOrderItem), at: c.span(start) }, hint)
}

function parseAggregate(c: Cursor, start: number): PipeAggregate {
  c.expect('AGGREGATE')
  const privacy = parseSelectModifier(c)
  const items: PipeAggregateItem[] = []
  while (!c.is('GROUP') && !endsPipeList(c)) {
    items.push(parseAggregateItem(c))
    if (!c.take(',')) break
  }
  return { kind: 'PipeAggregate', privacy, items, groupBy: parsePipeGroupBy(c), at: c.span(start) }
}

function parseAggregateItem(c: Cursor): PipeAggregateItem {
  const { start } = c
  const item = parseAdded(c)
  const isOrdered = item.kind === 'ExpressionItem' && c.isAny(['ASC', 'DESC'])
  return { kind: 'PipeAggregateItem', item, ...(isOrdered ? parseDirection(c) : undirected), at: c.span(start) }
}

/** A column that an operator adds, or the fields of a row; a star alone would add what is there already. */
function parseAdded(c: Cursor): SelectItem {
  if (c.is('*')) throw c.failure('an expression')
  return parseSelectItem(c)
}

function parsePipeSetOperation(c: Cursor, start: number): PipeSetOperation {
  const operator = parseSetOperator(c)
  return { kind: 'PipeSetOperation', operator, inputs: pipeList(c, parseInput), at: c.span(start) }
}

function parseInput(c: Cursor): Query {
  return c.parenthesizedQuery()
}

function parseRecursiveUnion(c: Cursor, start: number): PipeRecursiveUnion {
  c.expect('RECURSIVE')
  const operator = parseSetOperator(c)
  const depth = parseDepth(c)
  const term = parseTerm(c)
  return { kind: 'PipeRecursiveUnion', operator, depth, term, alias: parseAsAlias(c), at: c.span(start) }
}

function parseTerm(c: Cursor): PipeRecursiveUnion['term'] {
  return startsQuery(c, 1) || c.isAt(1, '(') ? parseInput(c) : parseSubpipeline(c, parsePipeOperator)
}

function parseDescribe(c: Cursor, start: number): PipeOperator {
  const word = c.expectAny(['DESCRIBE', 'STATIC_DESCRIBE'])
  return { kind: 'PipeDescribe', word, at: c.span(start) }
}

/** The query is the pipe itself, so that none is written. */
function parsePipeCreateTable(c: Cursor, start: number): PipeOperator {
  const definition = c.statement()
  if (definition.kind !== 'CreateTable' || definition.query !== undefined || definition.form !== undefined) {
    throw c.failureAt(start, 'CREATE TABLE without AS', 'another statement')
  }
  return { kind: 'PipeCreateTable', definition, at: c.span(start) }
}

function parsePipeExport(c: Cursor, start: number): PipeOperator {
  c.expectAll('EXPORT', 'DATA')
  return { kind: 'PipeExportData', ...parseDestination(c), at: c.span(start) }
}

function parsePipeWith(c: Cursor, start: number): PipeOperator {
  const clause = parseWith(c)
  c.take(',')
  return { kind: 'PipeWith', with: clause, at: c.span(start) }
}

function parseAssert(c: Cursor, start: number): PipeOperator {
  c.expect('ASSERT')
  const condition = c.expression()
  const payload: Expression[] = []
  while (c.take(',') && !endsPipeList(c)) payload.push(c.expression())
  return { kind: 'PipeAssert', condition, payload, at: c.span(start) }
}

import type { CreateIndex, IndexColumn, IndexUnnest } from '../ast/definition.ts'
import type { Cursor } from './cursor.ts'
import { type CreateHead, parseNewName } from './definition-clauses.ts'
import { parseAlias, parseOptions, parsePath } from './names.ts'
import { parseOrderItem } from './ordering.ts'
import { parseOffset, parseTableAlias } from './table.ts'
import { parsePartitionBy } from './windows.ts'

/** CREATE [UNIQUE | SEARCH | VECTOR] INDEX, from its form on. */
export function parseCreateIndex(c: Cursor, { start, orReplace }: CreateHead): CreateIndex {
  const form = parseForm(c)
  c.expect('INDEX')
  const name = parseNewName(c, 'the name of an index')
  c.expect('ON')
  const table = parsePath(c)
  const alias = parseAlias(c)
  const unnests: IndexUnnest[] = []
  while (c.is('UNNEST')) unnests.push(parseIndexUnnest(c))
  const columns = parseIndexColumns(c)
  const storing = c.take('STORING') ? c.parenthesized(item => item.expression()) : []
  const rest = { storing, partitionBy: parsePartitionBy(c), options: parseOptions(c) }
  const head = { form, orReplace, ...name, table, alias, unnests }
  return { kind: 'CreateIndex', ...head, ...columns, ...rest, at: c.span(start) }
}

function parseForm(c: Cursor): CreateIndex['form'] {
  const { start } = c
  const unique = c.take('UNIQUE')
  const form = c.takeAny(['SEARCH', 'VECTOR'])
  if (!unique || form === undefined) return unique ? 'UNIQUE' : form
  c.lacks('uniqueIndex', start)
  return `UNIQUE ${form}`
}

function parseIndexUnnest(c: Cursor): IndexUnnest {
  const { start } = c
  c.expectAll('UNNEST', '(')
  const array = c.expression()
  c.expect(')')
  return { kind: 'IndexUnnest', array, alias: parseTableAlias(c), offset: parseOffset(c), at: c.span(start) }
}

/** `(a, b DESC, …)`, or `(ALL COLUMNS [WITH COLUMN OPTIONS (a OPTIONS(…))])` */
function parseIndexColumns(c: Cursor): Pick<CreateIndex, 'allColumns' | 'columns'> {
  c.expect('(')
  const allColumns = c.takeAll('ALL', 'COLUMNS')
  const columns = allColumns ? parseColumnOptions(c) : c.list(parseIndexColumn)
  c.expect(')')
  return { allColumns, columns }
}

function parseColumnOptions(c: Cursor): readonly IndexColumn[] {
  return c.takeAll('WITH', 'COLUMN', 'OPTIONS') ? c.parenthesized(parseIndexColumn) : []
}

function parseIndexColumn(c: Cursor): IndexColumn {
  const { start } = c
  const item = parseOrderItem(c)
  return { kind: 'IndexColumn', item, options: parseOptions(c), at: c.span(start) }
}

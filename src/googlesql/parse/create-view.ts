import type { CreateView, ViewColumn } from '../ast/definition.ts'
import type { Cursor } from './cursor.ts'
import { type CreateHead, parseClusterBy, parseNewTableName } from './definition-clauses.ts'
import { parseOptions, parseTablePath } from './names.ts'
import { parseSqlSecurity } from './parameters.ts'
import { parsePartitionBy } from './windows.ts'

/** CREATE [MATERIALIZED | APPROX] [RECURSIVE] VIEW, behind the word VIEW. */
export function parseCreateView(c: Cursor, head: CreateHead, form: CreateView['form'], recursive: boolean): CreateView {
  const { start, ...modifiers } = head
  const name = parseNewTableName(c, 'the name of a view')
  const columns = c.is('(') ? c.parenthesized(parseViewColumn) : []
  const security = parseSqlSecurity(c)
  const isStored = form === 'MATERIALIZED'
  const partitionBy = isStored ? parsePartitionBy(c) : []
  const clusterBy = isStored ? parseClusterBy(c) : []
  const options = parseOptions(c)
  c.expect('AS')
  const rest = {
    columns,
    security,
    partitionBy,
    clusterBy,
    options,
    source: isStored ? parseStoredSource(c) : c.query(),
  }
  return { kind: 'CreateView', form, recursive, ...modifiers, ...name, ...rest, at: c.span(start) }
}

function parseViewColumn(c: Cursor): ViewColumn {
  const { start } = c
  const name = c.identifier('a column')
  return { kind: 'ViewColumn', name, options: parseOptions(c), at: c.span(start) }
}

function parseStoredSource(c: Cursor): CreateView['source'] {
  const { start } = c
  if (!c.takeAll('REPLICA', 'OF')) return c.query()
  return { kind: 'ReplicaOf', path: parseTablePath(c), at: c.span(start) }
}

import type { Path } from '../ast/name.ts'
import type { CloneSource, CreateTable, PartitionColumns } from '../ast/table-definition.ts'
import { parseTableElements } from './columns.ts'
import type { Cursor } from './cursor.ts'
import {
  type CreateHead,
  parseClusterBy,
  parseConnection,
  parseDefaultCollate,
  parseNewTableName,
} from './definition-clauses.ts'
import { parseOptions, parseTablePath } from './names.ts'
import { parseSystemTime } from './table.ts'
import { parsePartitionBy } from './windows.ts'

/** CREATE [EXTERNAL | SNAPSHOT] TABLE, behind the word TABLE. */
export function parseCreateTable(c: Cursor, head: CreateHead, form: CreateTable['form']): CreateTable {
  const { start, ...modifiers } = head
  const name = parseNewTableName(c, 'the name of a table')
  const elements = form === 'SNAPSHOT' ? undefined : parseTableElements(c)
  const like = c.take('LIKE') ? parseTablePath(c) : undefined
  if (form === 'SNAPSHOT' && !c.is('CLONE')) throw c.failure('CLONE')
  const clone = parseCloneSource(c, 'CLONE')
  const copy = clone === undefined ? parseCloneSource(c, 'COPY') : undefined
  const storage = form === 'EXTERNAL' ? parseExternalStorage(c) : parseStorage(c)
  const query = form === undefined && c.take('AS') ? c.query() : undefined
  const source = { elements, like, clone, copy }
  return { kind: 'CreateTable', form, ...modifiers, ...name, ...source, ...storage, query, at: c.span(start) }
}

type Storage = Pick<
  CreateTable,
  'collate' | 'partitionBy' | 'clusterBy' | 'partitionColumns' | 'connection' | 'options'
>

function parseStorage(c: Cursor): Storage {
  const collate = parseDefaultCollate(c)
  const partitionBy = parsePartitionBy(c)
  const clusterBy = parseClusterBy(c)
  const connection = parseConnection(c)
  const options = parseOptions(c)
  return { collate, partitionBy, clusterBy, partitionColumns: undefined, connection, options }
}

/** Files are described by options, and may lie in partitions. */
function parseExternalStorage(c: Cursor): Storage {
  const collate = parseDefaultCollate(c)
  const partitionColumns = parsePartitionColumns(c)
  const connection = parseConnection(c)
  if (!c.is('OPTIONS')) throw c.failure('OPTIONS')
  return { collate, partitionBy: [], clusterBy: [], partitionColumns, connection, options: parseOptions(c) }
}

/** `WITH PARTITION COLUMNS [(…)]` */
export function parsePartitionColumns(c: Cursor): PartitionColumns | undefined {
  const { start } = c
  if (!c.takeAll('WITH', 'PARTITION', 'COLUMNS')) return undefined
  const columns = parseTableElements(c) ?? []
  return { kind: 'PartitionColumns', columns, at: c.span(start) }
}

/** `CLONE t [FOR SYSTEM_TIME AS OF time] [WHERE condition]` */
function parseCloneSource(c: Cursor, word: 'CLONE' | 'COPY'): CloneSource | undefined {
  if (!c.take(word)) return undefined
  const { start } = c
  const path: Path = parseTablePath(c)
  const systemTime = parseSystemTime(c)
  const where = c.take('WHERE') ? c.expression() : undefined
  return { kind: 'CloneSource', path, systemTime, where, at: c.span(start) }
}

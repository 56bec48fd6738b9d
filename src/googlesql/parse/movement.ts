import type { ExportData, ExportMetadata, ExportModel, LoadData, LoadPartitions } from '../ast/movement.ts'
import { parseTableElements } from './columns.ts'
import { parsePartitionColumns } from './create-table.ts'
import type { Cursor } from './cursor.ts'
import { parseClusterBy, parseConnection } from './definition-clauses.ts'
import { parseOptionList, parseOptions, parsePath, parseTablePath } from './names.ts'
import { parsePartitionBy } from './windows.ts'

/** EXPORT DATA, EXPORT MODEL and EXPORT TABLE METADATA */
export function parseExport(c: Cursor): ExportData | ExportModel | ExportMetadata {
  const { start } = c
  c.expect('EXPORT')
  if (c.take('DATA')) return parseExportData(c, start)
  if (c.take('MODEL')) {
    const name = parsePath(c, 'the name of a model')
    return { kind: 'ExportModel', name, ...parseDestination(c), at: c.span(start) }
  }
  c.expect('TABLE', 'EXPORT takes DATA, MODEL and TABLE METADATA.')
  c.expectAll('METADATA', 'FROM')
  const name = parseTablePath(c)
  return { kind: 'ExportMetadata', object: 'TABLE', name, ...parseDestination(c), at: c.span(start) }
}

function parseExportData(c: Cursor, start: number): ExportData {
  const destination = parseDestination(c)
  c.expect('AS')
  return { kind: 'ExportData', ...destination, query: c.query(), at: c.span(start) }
}

/** `[WITH CONNECTION c] [OPTIONS (…)]` */
export function parseDestination(c: Cursor): Pick<ExportModel, 'connection' | 'options'> {
  return { connection: parseConnection(c), options: parseOptions(c) }
}

export function parseLoadData(c: Cursor): LoadData {
  const { start } = c
  c.expectAll('LOAD', 'DATA')
  const mode = c.expectAny(['INTO', 'OVERWRITE'])
  const temporary = c.takeAny(['TEMP', 'TEMPORARY']) !== undefined
  if (temporary) c.expect('TABLE')
  const name = parseTablePath(c)
  const elements = parseTableElements(c)
  const partitions = parseLoadPartitions(c)
  const partitionBy = parsePartitionBy(c)
  const clusterBy = parseClusterBy(c)
  const options = parseOptions(c)
  c.expectAll('FROM', 'FILES')
  const files = parseOptionList(c)
  const rest = { options, files, partitionColumns: parsePartitionColumns(c), connection: parseConnection(c) }
  const table = { mode, temporary, name, elements, partitions, partitionBy, clusterBy }
  return { kind: 'LoadData', ...table, ...rest, at: c.span(start) }
}

/** `[OVERWRITE] PARTITIONS (condition)` */
function parseLoadPartitions(c: Cursor): LoadPartitions | undefined {
  const { start } = c
  if (!c.is('PARTITIONS') && !c.are('OVERWRITE', 'PARTITIONS')) return undefined
  const overwrite = c.take('OVERWRITE')
  c.expectAll('PARTITIONS', '(')
  const condition = c.expression()
  c.expect(')')
  return { kind: 'LoadPartitions', overwrite, condition, at: c.span(start) }
}

import { z } from 'zod'
import { type RecordReader, readRows } from '../read/reader.ts'
import { printRow, timeText } from '../rows/row.ts'
import { checkpoint } from './checkpoint.ts'
import type { ProofSource, ProvenLine, SourceRange } from './proof-source.ts'

const linesPerPage = 10_000
const provenTables = ['column_access', 'results', 'events'] as const
type ProvenTable = (typeof provenTables)[number]

/** The chains in ClickHouse: rows are printed again as the recorder printed them. */
export async function storeSource(reader: RecordReader, range: SourceRange, now: Date): Promise<ProofSource> {
  const [events, results] = await Promise.all([keptDays(reader, 'events'), keptDays(reader, 'results')])
  const daysAgo = (days: number) => timeText(new Date(now.getTime() - days * 86_400_000))
  return {
    beginsAnywhere: range.since !== undefined || range.until !== undefined,
    keptSince: { events: daysAgo(events), results: daysAgo(results) },
    writers: () => writersOf(reader, range),
    checkpoints: writer => checkpointsOf(reader, writer, range),
    lines: writer => linesOf(reader, writer, range),
  }
}

async function writersOf(reader: RecordReader, range: SourceRange): Promise<readonly string[]> {
  const query = `SELECT DISTINCT writer FROM (
    SELECT writer FROM ${reader.database}.events WHERE ${within(range)}
    UNION ALL SELECT writer FROM ${reader.database}.checkpoints WHERE ${within(range)}) ORDER BY writer`
  const rows = await readRows(reader, z.strictObject({ writer: z.string() }), query, { ...range })
  return rows.map(({ writer }) => writer)
}

function checkpointsOf(reader: RecordReader, writer: string, range: SourceRange) {
  const within = [
    ...(range.since === undefined ? [] : ["first_at >= {since:DateTime64(6, 'UTC')}"]),
    ...(range.until === undefined ? [] : ["last_at < {until:DateTime64(6, 'UTC')}"]),
  ]
  const query = `SELECT ${Object.keys(checkpoint.shape).join(', ')} FROM ${reader.database}.checkpoints
    WHERE ${['writer = {writer:String}', ...within].join(' AND ')} ORDER BY first_seq`
  return readRows(reader, checkpoint, query, { writer, ...range })
}

async function* linesOf(
  reader: RecordReader,
  writer: string,
  range: SourceRange,
): AsyncIterable<readonly ProvenLine[]> {
  const bounds = await lineBounds(reader, writer, range)
  const columns = new Map<ProvenTable, string>()
  for (const table of provenTables) columns.set(table, await columnsOf(reader, table))
  for (let from = bounds.first; from <= bounds.last; from += linesPerPage) {
    const to = Math.min(bounds.last, from + linesPerPage - 1)
    const pages = provenTables.map(table => pageOf(reader, table, columns.get(table) ?? '*', { writer, from, to }))
    yield (await Promise.all(pages)).flat().sort((a, b) => a.line - b.line)
  }
}

const boundsRow = z.strictObject({ first: z.int(), last: z.int() })

// Rows stand before their event, so the first event's rows have smaller lines than the event itself.
async function lineBounds(reader: RecordReader, writer: string, range: SourceRange) {
  const query = `SELECT min(line - length(row_hashes)) AS first, max(line) AS last FROM ${reader.database}.events
    WHERE writer = {writer:String} AND ${within(range)} HAVING count() > 0`
  const [bounds] = await readRows(reader, boundsRow, query, { writer, ...range })
  return bounds ?? { first: 1, last: 0 }
}

// What the recorder does not print has a default; the rest stands in the order in which it is printed.
async function columnsOf(reader: RecordReader, table: ProvenTable): Promise<string> {
  const query = `SELECT name FROM system.columns WHERE database = {database:String} AND table = {table:String}
    AND default_kind = '' ORDER BY position`
  const named = z.strictObject({ name: z.string() })
  const rows = await readRows(reader, named, query, { database: reader.database, table })
  return rows.map(({ name }) => name).join(', ')
}

// A record keeps the order of the columns, which the bytes of a row depend on.
const storedRow = z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null(), z.array(z.string())]))

type Page = { readonly writer: string; readonly from: number; readonly to: number }

async function pageOf(reader: RecordReader, table: ProvenTable, columns: string, page: Page) {
  const query = `SELECT ${columns} FROM ${reader.database}.${table}
    WHERE writer = {writer:String} AND line BETWEEN {from:UInt64} AND {to:UInt64} ORDER BY line`
  const rows = await readRows(reader, storedRow, query, { ...page })
  return rows.map(row => ({ table, line: Number(row['line']), json: printRow(row) }))
}

function within({ since, until }: SourceRange): string {
  return [
    '1',
    ...(since === undefined ? [] : ["ts >= {since:DateTime64(6, 'UTC')}"]),
    ...(until === undefined ? [] : ["ts < {until:DateTime64(6, 'UTC')}"]),
  ].join(' AND ')
}

// Retention is what the table itself says, whatever the configuration says by now.
async function keptDays(reader: RecordReader, table: string): Promise<number> {
  const query = `SELECT create_table_query AS text FROM system.tables
    WHERE database = {database:String} AND name IN ({table:String}, {local:String}) AND engine != 'Distributed'`
  const parameters = { database: reader.database, table, local: `${table}_local` }
  const [row] = await readRows(reader, z.strictObject({ text: z.string() }), query, parameters)
  const days = /TTL [^\n]*?toIntervalDay\((\d+)\)/.exec(row?.text ?? '')?.[1]
  if (days === undefined) throw new Error(`the retention of ${reader.database}.${table} cannot be read`)
  return Number(days)
}

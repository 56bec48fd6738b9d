import { Failure } from '../model/failure.ts'
import { type TableRef, tableId } from '../model/table-ref.ts'
import { parseQuery } from '../sql/analyze.ts'
import { isPlainRead } from '../sql/plain-read.ts'

/** Rows of one table, as a client asks for them that sends no SQL. Names must have no backtick and no backslash. */
export type TableReading = {
  readonly table: TableRef
  /** All of them where none is named. */
  readonly columns?: readonly string[]
  /** A condition in GoogleSQL. */
  readonly condition?: string
  /** The rows as they were at this time, in RFC 3339. */
  readonly asOf?: string
  readonly samplePercent?: number
}

/** The query that it is, which everything holds for that holds for queries. */
export function tableQuery({ table, columns = [], condition, asOf, samplePercent }: TableReading): string {
  const shown = columns.length === 0 ? '*' : columns.map(name => `\`${name}\``).join(', ')
  const time = asOf === undefined ? '' : ` FOR SYSTEM_TIME AS OF TIMESTAMP ${JSON.stringify(asOf)}`
  const sample = samplePercent === undefined ? '' : ` TABLESAMPLE SYSTEM (${samplePercent} PERCENT)`
  const text = `SELECT ${shown} FROM \`${tableId(table)}\`${time}${sample}`
  if (condition === undefined) return text
  // A line of its own for the parenthesis, so that no comment of the condition takes it in.
  const filtered = `${text} WHERE (${condition}\n)`
  if (isPlainRead(parseQuery(filtered))) return filtered
  throw new Failure('request_invalid', { detail: 'A row restriction is one condition and nothing else.' })
}

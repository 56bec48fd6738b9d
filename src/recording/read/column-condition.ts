import { Failure } from '../../model/failure.ts'
import type { Clause } from './session-filter.ts'

/** A part of a struct belongs to the column: who read `profile.phone` read `profile`. */
export function columnCondition(column: string): Clause {
  const [, table, name] = /^((?:[\w.-]+:)?[^.]+\.[^.]+\.[^.]+)\.(.+)$/.exec(column) ?? []
  const isPart = "(column = {column:String} OR startsWith(column, concat({column:String}, '.')))"
  if (table !== undefined) {
    return { sql: `table = {table:String} AND ${isPart}`, parameters: { table, column: name } }
  }
  const parts = column.split('.')
  if (parts.length < 2) throw new Failure('request_invalid', { detail: `"${column}" is not TABLE.COLUMN.` })
  const parameters = { table: parts.slice(0, -1).join('.'), column: parts.at(-1) }
  return { sql: `endsWith(concat('.', table), concat('.', {table:String})) AND ${isPart}`, parameters }
}

import { Command } from 'commander'
import { rowTable } from '../recording/read/row-table.ts'
import { type ColumnReader, whoRead } from '../recording/read/who-read.ts'
import { type Print, parseTime, printToStdout, withReader } from './recorded-store.ts'
import { stateOption } from './state-option.ts'

type Options = { readonly state: string; readonly json?: true; readonly since?: Date; readonly until?: Date }

/** `sluice who-read TABLE.COLUMN --since 30d` */
export function whoReadCommand(print: Print = printToStdout): Command {
  return new Command('who-read')
    .description('Who read a column, how, and whether its values were masked.')
    .argument('<column>', 'project.dataset.table.column, or its end: table.column')
    .addOption(stateOption())
    .option('--since <when>', 'a time, or 30m, 12h, 7d ago', parseTime)
    .option('--until <when>', 'a time, or 30m, 12h, 7d ago', parseTime)
    .option('--json', 'print JSON, one person a line')
    .action(async (column: string, { state, json, since, until }: Options) => {
      const question = { column, ...(since && { since }), ...(until && { until }) }
      const readers = await withReader(state, reader => whoRead(reader, question))
      if (json) return print(readers.map(one => `${JSON.stringify(one)}\n`).join(''))
      print(readers.length === 0 ? `Nobody read ${column}.\n` : `${readerTable(readers)}\n`)
    })
}

function readerTable(readers: readonly ColumnReader[]): string {
  const names = ['person', 'kind', 'queries', 'unmasked', 'denied', 'uses', 'masks', 'last']
  const rows = readers.map(({ email, principal, principalKind, queries, unmasked, denied, uses, masks, lastAt }) => {
    const last = lastAt.toISOString().slice(0, 19).replace('T', ' ')
    const numbers = [queries, unmasked, denied].map(String)
    return [email || principal, principalKind, ...numbers, uses.join(' '), masks.join(' '), last]
  })
  return rowTable(names, rows)
}

import { Command } from 'commander'
import { rowTable } from '../recording/read/row-table.ts'
import { type ColumnReader, columnReader } from '../recording/read/who-read.ts'
import { askRows } from './ask-records.ts'
import { type GatewayOptions, gatewayOf, withGateway } from './gateway-option.ts'
import { parseTime } from './parse-argument.ts'
import { type Print, printToStdout } from './print.ts'

type Options = GatewayOptions & { readonly json?: true; readonly since?: Date; readonly until?: Date }

/** `sluice who-read TABLE.COLUMN --since 30d` */
export function whoReadCommand(print: Print = printToStdout): Command {
  return withGateway(new Command('who-read'))
    .description('Who read a column, how, and whether its values were masked.')
    .argument('<column>', 'project.dataset.table.column, or its end: table.column')
    .option('--since <when>', 'a time, or 30m, 12h, 7d ago', parseTime)
    .option('--until <when>', 'a time, or 30m, 12h, 7d ago', parseTime)
    .option('--json', 'print JSON, one person a line')
    .action(async (column: string, { json, since, until, ...gateway }: Options) => {
      const question = { ask: 'who_read' as const, column, ...(since && { since }), ...(until && { until }) }
      const readers = await askRows(await gatewayOf(gateway), question, columnReader)
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

import { Command } from 'commander'
import { rowTable } from '../recording/read/row-table.ts'
import { type Exporter, exporter } from '../recording/read/who-exported.ts'
import { askRows } from './ask-records.ts'
import { type GatewayOptions, gatewayOf, withGateway } from './gateway-option.ts'
import { parseCount, parseTime } from './parse-argument.ts'
import { type Print, printToStdout } from './print.ts'

type Options = GatewayOptions & {
  readonly json?: true
  readonly since?: Date
  readonly until?: Date
  readonly minRows: number
}

/** `sluice who-exported [TABLE] --since 30d` */
export function whoExportedCommand(print: Print = printToStdout): Command {
  return withGateway(new Command('who-exported'))
    .description('Who took data out: into files, into other projects, and as rows of answers.')
    .argument('[table]', 'project.dataset.table, or its end')
    .option('--since <when>', 'a time, or 30m, 12h, 7d ago', parseTime)
    .option('--until <when>', 'a time, or 30m, 12h, 7d ago', parseTime)
    .option('--min-rows <count>', 'leave out those who took fewer rows', parseCount, 1)
    .option('--json', 'print JSON, one person a line')
    .action(async (table: string | undefined, { json, since, until, minRows, ...gateway }: Options) => {
      const narrowed = { ...(table && { table }), ...(since && { since }), ...(until && { until }) }
      const question = { ask: 'who_exported' as const, minRows, ...narrowed }
      const exporters = await askRows(await gatewayOf(gateway), question, exporter)
      if (json) return print(exporters.map(one => `${JSON.stringify(one)}\n`).join(''))
      print(exporters.length === 0 ? 'Nobody took anything.\n' : `${exporterTable(exporters)}\n`)
    })
}

function exporterTable(exporters: readonly Exporter[]): string {
  const names = ['person', 'kind', 'queries', 'exports', 'copies', 'rows', 'largest', 'bytes billed', 'tables', 'last']
  const rows = exporters.map(({ email, principal, principalKind, tables, lastAt, ...counts }) => {
    const last = lastAt.toISOString().slice(0, 19).replace('T', ' ')
    const { queries, exports, copies, rows: taken, largest, bytesBilled } = counts
    const numbers = [queries, exports, copies, taken, largest, bytesBilled].map(String)
    return [email || principal, principalKind, ...numbers, tables.join(' '), last]
  })
  return rowTable(names, rows)
}

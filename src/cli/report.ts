import { writeFile } from 'node:fs/promises'
import { Command } from 'commander'
import { panelMark, readDashboards } from '../recording/read/dashboards.ts'
import { wholeSpan } from '../recording/read/report-queries.ts'
import { askRecords } from './ask-records.ts'
import { type GatewayOptions, gatewayOf, withGateway } from './gateway-option.ts'
import { parseTime } from './parse-argument.ts'
import { type Print, printToStdout } from './print.ts'
import type { PanelRow } from './report/panel-row.ts'
import { reportPage } from './report/report-page.ts'

type Options = GatewayOptions & { readonly since?: Date; readonly until?: Date; readonly out: string }

/** `sluice report --since 7d --out report.html` */
export function reportCommand(print: Print = printToStdout): Command {
  return withGateway(new Command('report'))
    .description('All dashboards as one page of HTML that needs nothing else.')
    .option('--since <when>', 'a time, or 30m, 12h, 7d ago; a week where absent', parseTime)
    .option('--until <when>', 'a time, or 30m, 12h, 7d ago', parseTime)
    .option('--out <file>', 'where the page is written', 'sluice-report.html')
    .action(async ({ since, until, out, ...gateway }: Options) => {
      const span = wholeSpan({ ...(since && { since }), ...(until && { until }) }, new Date())
      const dashboards = readDashboards()
      const rows = new Map<string, PanelRow[]>(
        dashboards.flatMap(board => board.panels.map(panel => [panelMark(board, panel), []])),
      )
      const answer = askRecords(await gatewayOf(gateway), { ask: 'report', ...span })
      for await (const { record, row } of answer) rows.get(record)?.push(row)
      await writeFile(out, reportPage(dashboards, rows, span))
      print(`${out} is written.\n`)
    })
}

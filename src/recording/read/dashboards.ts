import { readdirSync, readFileSync } from 'node:fs'
import { z } from 'zod'

const directory = new URL('../../../deploy/grafana/dashboards/', import.meta.url)

const panelDocument = z.object({
  id: z.int(),
  title: z.string(),
  type: z.enum(['stat', 'timeseries', 'table', 'barchart']),
  datasource: z.object({ uid: z.string() }),
  gridPos: z.object({ x: z.int(), y: z.int(), w: z.int(), h: z.int() }),
  fieldConfig: z.object({ defaults: z.object({ unit: z.enum(['ms', 'bytes']).optional() }) }),
  targets: z.tuple([z.object({ rawSql: z.string() })]),
})
const dashboardDocument = z.object({
  uid: z.string(),
  title: z.string(),
  templating: z.object({ list: z.array(z.object({ name: z.string() })) }),
  panels: z.array(panelDocument),
})

export type Dashboard = Readonly<z.infer<typeof dashboardDocument>>
export type Panel = Dashboard['panels'][number]

/** In the order in which an analyst reads them. */
const order = ['overview', 'people-and-agents', 'sensitive-columns', 'policy', 'recorder-health']

/** The dashboards that Grafana shows, which the report shows too. */
export function readDashboards(): readonly Dashboard[] {
  const names = readdirSync(directory).filter(name => name.endsWith('.json'))
  const rank = (name: string) => order.indexOf(name.replace('.json', ''))
  return names
    .sort((a, b) => rank(a) - rank(b))
    .map(name => dashboardDocument.parse(JSON.parse(readFileSync(new URL(name, directory), 'utf8'))))
}

/** What marks the rows of a panel in an answer. */
export function panelMark(dashboard: Dashboard, panel: Panel): string {
  return `${dashboard.uid}/${panel.id}`
}

export type PanelSpan = { readonly since: Date; readonly until: Date }

const bucketSeconds = [60, 300, 900, 3_600, 10_800, 43_200, 86_400] as const
const wantedBuckets = 60

/** How long one column of a chart lasts. */
export function bucketOf({ since, until }: PanelSpan): number {
  const seconds = (until.getTime() - since.getTime()) / 1_000
  return bucketSeconds.find(bucket => seconds / bucket <= wantedBuckets) ?? 604_800
}

/** A panel's SQL as Grafana's plugin would send it, with every text box left empty. */
export function panelSql(panel: Panel, database: string, span: PanelSpan): string {
  const [from, to] = [span.since, span.until].map(time => Math.floor(time.getTime() / 1_000))
  const argument = String.raw`\(((?:[^()]|\([^()]*\))*)\)`
  return panel.targets[0].rawSql
    .replaceAll(
      new RegExp(String.raw`\$__timeFilter${argument}`, 'g'),
      `$1 >= toDateTime(${from}) AND $1 <= toDateTime(${to})`,
    )
    .replaceAll(
      new RegExp(String.raw`\$__timeInterval${argument}`, 'g'),
      `toStartOfInterval(toDateTime($1), INTERVAL ${bucketOf(span)} second)`,
    )
    .replaceAll(/\$\{(\w+)(:sqlstring)?\}/g, (_, name: string, quoted: string | undefined) => {
      if (quoted !== undefined) return "''"
      if (name !== 'database') throw new Error(`nobody fills in ${name}`)
      return database
    })
}

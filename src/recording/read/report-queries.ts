import type { Span } from '../../model/record-question.ts'
import { panelMark, panelSql, readDashboards } from './dashboards.ts'
import type { RecordQuery } from './record-query.ts'

const defaultSpanMs = 7 * 86_400_000

/** The query of every panel of every dashboard. */
export function reportQueries(database: string, span: Span): readonly RecordQuery[] {
  const whole = wholeSpan(span, new Date())
  return readDashboards().flatMap(dashboard =>
    dashboard.panels.map(panel => ({
      record: panelMark(dashboard, panel),
      sql: panelSql(panel, database, whole),
      parameters: {},
    })),
  )
}

/** A week until now, where nothing else is said. */
export function wholeSpan({ since, until }: Span, now: Date): Required<Span> {
  const end = until ?? now
  return { since: since ?? new Date(end.getTime() - defaultSpanMs), until: end }
}

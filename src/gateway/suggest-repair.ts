import type { Decision } from '../model/decision.ts'
import { Failure } from '../model/failure.ts'
import { type AnalyzeSettings, type Draft, parseQuery } from '../sql/analyze.ts'
import { withoutObjections } from '../sql/repair.ts'
import type { Ports } from './ports.ts'
import type { Visit } from './query.ts'
import { questionAbout } from './question.ts'
import { understand } from './understand.ts'

/** What was asked, parsed, and what its names are completed with. */
export type Asking = { readonly visit: Visit; readonly draft: Draft; readonly settings: AnalyzeSettings }

/** The smallest change of a denied query that policy would allow, as a ready query; undefined where there is none. */
export async function suggestRepair(
  { visit, draft, settings }: Asking,
  decision: Decision,
  ports: Ports,
): Promise<string | undefined> {
  if (decision.effect !== 'deny') return undefined
  const objections = objectionsOf(decision)
  if (objections.tables.size + objections.columns.size === 0) return undefined
  const candidate = withoutObjections(draft, objections, settings)
  if (candidate === undefined) return undefined
  try {
    const { statement } = await understand(parseQuery(candidate), settings, ports, visit.signal)
    const { effect } = await ports.decide(questionAbout(visit, statement, ports))
    return effect === 'allow' ? candidate : undefined
  } catch (thrown) {
    // A repair that is no query helps nobody, and the denial stands without it.
    if (thrown instanceof Failure) return undefined
    throw thrown
  }
}

function objectionsOf({ reasons }: Decision) {
  const tables = reasons.flatMap(({ table, column }) => (table === undefined || column !== undefined ? [] : [table]))
  const columns = reasons.flatMap(({ column }) => column?.split('.')[0]?.toLowerCase() ?? [])
  return { tables: new Set(tables), columns: new Set(columns) }
}

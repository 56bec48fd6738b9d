import { Failure } from '../model/failure.ts'
import type { StatementFacts } from '../model/statement.ts'
import {
  type Analyzed,
  type AnalyzeSettings,
  describeText,
  describeUnserved,
  parseQuery,
  withDestination,
} from '../sql/analyze.ts'
import { type AskCatalog, holds, type KnownReading, type Look, noting } from './known-readings.ts'
import type { Refusal } from './outcome.ts'
import type { Ports } from './ports.ts'
import type { Visit } from './query.ts'
import { questionAbout } from './question.ts'
import { refuse } from './refuse.ts'
import { type Asking, suggestRepair } from './suggest-repair.ts'
import { timed } from './timed.ts'
import { understand } from './understand.ts'

export type Understood = { readonly state: 'understood'; readonly analyzed: Analyzed; readonly asking: Asking }
export type Reading = Understood | { readonly state: 'refused'; readonly refusal: Refusal }

/**
 * Parses and analyzes what was asked. A query that cannot be understood gets the policy's answer first: whoever may not see
 * a table learns nothing of it from an error, not even whether it exists, nor whether the catalog could be asked.
 */
export async function readStatement(visit: Visit, ports: Ports): Promise<Reading> {
  const settings = analyzeSettings(visit, ports)
  const known = ports.readings.find(visit.asked.text, settings)
  const draft = known?.draft ?? timed(ports, 'analyze', () => parseQuery(visit.asked.text))
  const asking = { visit, draft, settings }
  const unserved = describeUnserved(draft, settings)
  if (unserved !== undefined) return refuseUnlessAllowed(asking, unserved.facts, ports, unserved.failure)
  try {
    const analyzed = await understandOnce(asking, known, ports)
    const { destination } = visit.asked
    const whole = destination === undefined ? analyzed : withDestination(analyzed, destination)
    return { state: 'understood', analyzed: whole, asking }
  } catch (thrown) {
    if (!(thrown instanceof Failure)) throw thrown
    return refuseUnlessAllowed(asking, describeText(draft, settings), ports, thrown)
  }
}

/** A text that was understood before is not analyzed again while the catalog stands. */
async function understandOnce(
  { visit, draft, settings }: Asking,
  known: KnownReading | undefined,
  ports: Ports,
): Promise<Analyzed> {
  const ask: AskCatalog = wanted => ports.catalog.snapshot(wanted, visit.signal)
  if (known !== undefined && (await holds(known, ask))) return known.analyzed
  const looks: Look[] = []
  const catalog = { snapshot: noting(ask, looks) }
  const analyzed = await understand(draft, settings, { ...ports, catalog }, visit.signal)
  ports.readings.keep(settings, { draft, analyzed, looks })
  return analyzed
}

async function refuseUnlessAllowed(
  asking: Asking,
  facts: StatementFacts,
  ports: Ports,
  failure: Failure,
): Promise<Reading> {
  const decision = await ports.decide(questionAbout(asking.visit, facts, ports))
  if (decision.effect === 'allow') throw failure
  const repair = await suggestRepair(asking, decision, ports)
  return { state: 'refused', refusal: await refuse(asking.visit, facts, decision, ports, repair) }
}

function analyzeSettings({ asked }: Visit, { digest }: Ports): AnalyzeSettings {
  const { project, parameters, defaultDataset } = asked
  return { project, parameters, digest, ...(defaultDataset === undefined ? {} : { defaultDataset }) }
}

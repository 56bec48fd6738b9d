import { Failure } from '../model/failure.ts'
import type { StatementFacts, TableAccess } from '../model/statement.ts'
import { type TableRef, tableId } from '../model/table-ref.ts'
import {
  type Analyzed,
  type AnalyzeSettings,
  type Draft,
  describeOther,
  namedTables,
  parseQuery,
  statementKind,
} from '../sql/analyze.ts'
import type { Refusal } from './outcome.ts'
import type { Ports } from './ports.ts'
import type { Visit } from './query.ts'
import { questionAbout } from './question.ts'
import { refuse } from './refuse.ts'
import { timed } from './timed.ts'
import { understand } from './understand.ts'

export type Reading =
  | { readonly state: 'understood'; readonly analyzed: Analyzed }
  | { readonly state: 'refused'; readonly refusal: Refusal }

/**
 * Parses and analyzes what was asked. A query that cannot be understood gets the policy's answer first: whoever may not see
 * a table learns nothing of it from an error, not even whether it exists.
 */
export async function readStatement(visit: Visit, ports: Ports): Promise<Reading> {
  const settings = analyzeSettings(visit, ports)
  const draft = timed(ports, 'analyze', () => parseQuery(visit.asked.text))
  const other = describeOther(draft, settings)
  if (other !== undefined) {
    return refuseUnlessAllowed(
      visit,
      other,
      ports,
      new Failure('statement_unsupported', { detail: `${other.kind} is not served yet.` }),
    )
  }
  try {
    return { state: 'understood', analyzed: await understand(draft, settings, ports, visit.signal) }
  } catch (thrown) {
    if (!(thrown instanceof Failure) || thrown.code === 'catalog_unavailable') throw thrown
    return refuseUnlessAllowed(visit, factsByName(visit, draft, settings), ports, thrown)
  }
}

async function refuseUnlessAllowed(
  visit: Visit,
  facts: StatementFacts,
  ports: Ports,
  failure: Failure,
): Promise<Reading> {
  const decision = await ports.decide(questionAbout(visit, facts, ports))
  if (decision.effect === 'allow') throw failure
  return { state: 'refused', refusal: await refuse(visit, facts, decision, ports) }
}

/** What the text alone tells: its kind and the tables it names. */
function factsByName(visit: Visit, draft: Draft, settings: AnalyzeSettings): StatementFacts {
  return {
    text: visit.asked.text,
    fingerprint: '',
    ...statementKind(draft),
    tables: namedTables(draft, settings).map(unknownTable),
    functions: [],
    features: [],
    outputs: [],
  }
}

function unknownTable(ref: TableRef): TableAccess {
  return { id: tableId(ref), ref, kind: 'unknown', access: ['read'], via: [], columns: [], etag: '', labels: {} }
}

function analyzeSettings({ asked }: Visit, { digest }: Ports): AnalyzeSettings {
  const { project, parameters, defaultDataset } = asked
  return { project, parameters, digest, ...(defaultDataset === undefined ? {} : { defaultDataset }) }
}

import { createHash } from 'node:crypto'
import { understand } from '../../gateway/understand.ts'
import { print } from '../../googlesql/print/print.ts'
import type { CatalogColumn, CatalogRoutine, CatalogTable } from '../../model/catalog.ts'
import type { DecisionFacts } from '../../model/decision.ts'
import { Failure } from '../../model/failure.ts'
import type { GovernedSql } from '../../model/governed.ts'
import type { StatementFacts } from '../../model/statement.ts'
import { snapshotFrom } from '../../sandbox/world-tables.ts'
import {
  type Analyzed,
  type AnalyzeSettings,
  type Draft,
  describeText,
  describeUnserved,
  parseQuery,
  statementKind,
} from '../../sql/analyze.ts'
import { govern } from '../../sql/govern.ts'
import { namedObjects } from '../../sql/named-objects.ts'
import type { NameDefaults } from '../../sql/table-name.ts'
import type { Explanation } from './explanation.ts'

/** What a text is explained against. */
export type Surroundings = {
  readonly defaults: NameDefaults
  readonly relations: readonly CatalogTable[]
  readonly routines: readonly CatalogRoutine[]
  readonly decide: (facts: StatementFacts) => Promise<Pick<DecisionFacts, 'effect'> & Parameters<typeof govern>[1]>
  /** What Google's analyzer has against a governed text; where it is not installed, nobody is asked. */
  readonly objection: ((governed: GovernedSql) => Failure | undefined) | undefined
}

const digest = (text: string) => createHash('sha256').update(text).digest('hex')
// The key itself never stands in governed text, so that any will do where nothing runs.
const anyKey = { innerPad: '', outerPad: '' }

/** What the text alone tells. Throws where it does not parse. */
export function explainAlone(draft: Draft): Explanation {
  const named = namedObjects(draft.script).map(({ path, kind, access }) => {
    return { name: path.parts.map(({ text }) => text).join('.'), kind, access }
  })
  return { ...statementKind(draft), named, original: print(draft.script) }
}

/** What the gateway would make of a text, up to the point where it would send it. */
export async function explainText(text: string, surroundings: Surroundings): Promise<Explanation> {
  const draft = parseQuery(text)
  const settings: AnalyzeSettings = { ...surroundings.defaults, parameters: [], digest }
  const alone = explainAlone(draft)
  const unserved = describeUnserved(draft, settings)
  if (unserved !== undefined) return refusedBy(unserved.failure, { ...alone, facts: unserved.facts }, surroundings)
  const analyzed = await orFailure(() => analyzeText(draft, settings, surroundings))
  if (analyzed instanceof Failure) {
    return refusedBy(analyzed, { ...alone, facts: describeText(draft, settings) }, surroundings)
  }
  const original = print(analyzed.tree)
  const decision = await surroundings.decide(analyzed.statement)
  const understood = { ...alone, original, facts: analyzed.statement, decision }
  if (decision.effect !== 'allow') return understood
  const governed = await orFailure(async () => govern(analyzed, decision, anyKey))
  if (governed instanceof Failure) return { ...understood, failure: governed }
  const failure = surroundings.objection?.(governed)
  if (failure !== undefined) return { ...understood, governed, failure }
  return { ...understood, governed, verified: surroundings.objection === undefined ? 'not asked' : 'agrees' }
}

/** The policy's answer comes first: it may say no to what could not be understood. */
async function refusedBy(
  failure: Failure,
  explained: Explanation & { readonly facts: StatementFacts },
  { decide }: Surroundings,
) {
  return { ...explained, decision: await decide(explained.facts), failure }
}

export function analyzeText(
  draft: Draft,
  settings: AnalyzeSettings,
  { relations, routines }: Pick<Surroundings, 'relations' | 'routines'>,
): Promise<Analyzed> {
  const known = { catalog: { snapshot: snapshotFrom(relations, routines) }, observe: () => {} }
  return understand(draft, settings, known, new AbortController().signal)
}

/** The columns of a view are what its query yields. */
export async function viewColumns(
  query: string,
  project: string,
  relations: readonly CatalogTable[],
): Promise<readonly CatalogColumn[]> {
  const known = { relations, routines: [] }
  const { statement } = await analyzeText(parseQuery(query), { project, parameters: [], digest }, known)
  return statement.outputs.map(({ name, type }) => {
    if (type === undefined) throw new Error(`The type of the view's column ${name} is not known.`)
    return { name, type, tags: {} }
  })
}

async function orFailure<T>(step: () => Promise<T>): Promise<T | Failure> {
  try {
    return await step()
  } catch (thrown) {
    if (thrown instanceof Failure) return thrown
    throw thrown
  }
}

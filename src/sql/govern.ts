import type { Query, WithClause } from '../googlesql/ast/query.ts'
import { synthetic as at } from '../googlesql/ast/span.ts'
import { parseStatement } from '../googlesql/parse/parse.ts'
import { print } from '../googlesql/print/print.ts'
import { sameTree } from '../googlesql/walk.ts'
import type { Decision } from '../model/decision.ts'
import { Failure } from '../model/failure.ts'
import type { GovernedSql, GovernedText, MaskKey } from '../model/governed.ts'
import type { QueryParameter } from '../model/parameter.ts'
import type { Analyzed } from './analyze.ts'
import { appliedPolicy } from './govern/applied.ts'
import { freshNames } from './govern/fresh-names.ts'
import { keyParameters } from './govern/keyed-hash.ts'
import { inPlainForms } from './govern/plain-forms.ts'
import { type Hoist, planHoists } from './govern/plan-hoists.ts'
import { predictedScans, readCatalog } from './govern/predict.ts'
import { replaceReferences } from './govern/references.ts'
import { limitRows } from './govern/row-limit.ts'

/**
 * The query under the policy's masks, filters and limits, as text that BigQuery gets byte for byte.
 * Throws `cannot_govern` where an obligation cannot be met, and `printer_mismatch` where the text would not read back.
 */
export function govern(analyzed: Analyzed, decision: Decision, maskKey?: MaskKey): GovernedSql {
  const { query, context, statement } = analyzed
  const views = [...context.views.values()].map(view => view.query)
  const plan = planHoists(context, decision, freshNames([query, ...views]))
  const replaced = inPlainForms(withHoists(replaceReferences(query, context, plan.nameFor), plan.hoists))
  const { maxRows } = decision.limits
  const governed = maxRows === undefined ? replaced : limitRows(replaced, maxRows, context.parameters)
  const text: GovernedText = {
    text: printChecked(governed),
    parameters: [...context.parameters, ...hashParameters(decision, maskKey)],
    scans: predictedScans(context, plan, decision),
    outputs: statement.outputs,
    applied: appliedPolicy(context, decision),
    catalog: readCatalog(context, decision),
    statementKind: statement.kind,
  }
  return text as GovernedSql
}

/** Entries go before the query's own, into one list: no name of the query is in scope where they stand. */
function withHoists(query: Query, hoists: readonly Hoist[]): Query {
  if (hoists.length === 0) return query
  const own: Pick<WithClause, 'recursive' | 'entries'> = query.with ?? { recursive: false, entries: [] }
  const entries = [...hoists.map(({ entry }) => entry), ...own.entries]
  return { ...query, with: { kind: 'WithClause', recursive: own.recursive, entries, at } }
}

/** The text of a tree, which must read back as the same tree. */
function printChecked(query: Query): string {
  const text = print(query)
  const again = parseStatement(text)
  if (again.kind === 'QueryStatement' && sameTree(again.query, query)) return text
  throw new Failure('printer_mismatch', {}, { cause: new Error(`printed otherwise than it reads: ${text}`) })
}

function hashParameters({ masks }: Decision, maskKey: MaskKey | undefined): readonly QueryParameter[] {
  const isHashed = [...masks.values()].some(columns => [...columns.values()].some(({ kind }) => kind === 'hmac_sha256'))
  if (!isHashed) return []
  if (maskKey !== undefined) return keyParameters(maskKey)
  const cause = new Error('the policy asks for hmac_sha256, and no mask key is configured')
  throw new Failure('cannot_govern', {}, { cause })
}

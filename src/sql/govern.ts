import type { Statement } from '../googlesql/ast/statement.ts'
import { parseStatement } from '../googlesql/parse/parse.ts'
import { print } from '../googlesql/print/print.ts'
import { sameTree } from '../googlesql/walk.ts'
import type { Decision } from '../model/decision.ts'
import { Failure } from '../model/failure.ts'
import type { GovernedSql, GovernedText, MaskKey } from '../model/governed.ts'
import type { QueryParameter } from '../model/parameter.ts'
import type { Analyzed } from './analyze.ts'
import { appliedPolicy } from './govern/applied.ts'
import { withCompleteNames } from './govern/complete-names.ts'
import { freshNames } from './govern/fresh-names.ts'
import { keyParameters } from './govern/keyed-hash.ts'
import { placeHoists } from './govern/place-hoists.ts'
import { inPlainForms } from './govern/plain-forms.ts'
import { planHoists } from './govern/plan-hoists.ts'
import { predictedScans, readCatalog } from './govern/predict.ts'
import { replaceReferences } from './govern/references.ts'
import { limitRows } from './govern/row-limit.ts'
import { protectTarget } from './govern/targets.ts'
import { refuseHiddenRows } from './statement/destination.ts'

/**
 * The statement under the policy's masks, filters and limits, as text that BigQuery gets byte for byte.
 * Throws `cannot_govern` where an obligation cannot be met, and `printer_mismatch` where the text would not read back.
 */
export function govern(analyzed: Analyzed, decision: Decision, maskKey?: MaskKey): GovernedSql {
  const { tree, context, statement, defaults } = analyzed
  refuseHiddenRows(statement.destination, decision)
  const views = [...context.views.values(), ...context.tableCalls.values()].map(({ query }) => query)
  const bodies = [...context.calls.values()].map(({ body }) => body)
  const plan = planHoists(context, decision, freshNames([tree, ...views, ...bodies]))
  const replaced = replaceReferences(withCompleteNames(tree, defaults), context, plan.nameFor)
  const placed = placeHoists(protectTarget(replaced, context, decision), plan.hoists)
  const staysInside = statement.destination !== undefined
  const bounded = staysInside ? placed.tree : limited(placed.tree, decision, context.parameters)
  const governed = inPlainForms(bounded)
  const text: GovernedText = {
    text: printChecked(governed),
    parameters: [...context.parameters, ...hashParameters(decision, maskKey)],
    scans: predictedScans(context, plan, placed.uses, decision),
    outputs: statement.outputs,
    applied: appliedPolicy(context, decision),
    catalog: readCatalog(context, decision),
    statementKind: statement.kind,
  }
  return text as GovernedSql
}

/** Rows that leave the warehouse are bounded: those of an answer and those of an export. */
function limited(tree: Statement, { limits }: Decision, parameters: readonly QueryParameter[]): Statement {
  const { maxRows } = limits
  if (maxRows === undefined) return tree
  if (tree.kind !== 'QueryStatement' && tree.kind !== 'ExportData') return tree
  return { ...tree, query: limitRows(tree.query, maxRows, parameters) }
}

/** The text of a tree, which must read back as the same tree. */
function printChecked(tree: Statement): string {
  const text = print(tree)
  if (sameTree(parseStatement(text), tree)) return text
  throw new Failure('printer_mismatch', {}, { cause: new Error(`printed otherwise than it reads: ${text}`) })
}

function hashParameters({ masks }: Decision, maskKey: MaskKey | undefined): readonly QueryParameter[] {
  const isHashed = [...masks.values()].some(columns => [...columns.values()].some(({ kind }) => kind === 'hmac_sha256'))
  if (!isHashed) return []
  if (maskKey !== undefined) return keyParameters(maskKey)
  const cause = new Error('the policy asks for hmac_sha256, and no mask key is configured')
  throw new Failure('cannot_govern', {}, { cause })
}

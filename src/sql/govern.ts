import type { Node } from '../googlesql/ast/node.ts'
import type { Script } from '../googlesql/ast/script.ts'
import { parseScript } from '../googlesql/parse/parse.ts'
import { print } from '../googlesql/print/print.ts'
import { sameTree } from '../googlesql/walk.ts'
import type { Decision } from '../model/decision.ts'
import { Failure } from '../model/failure.ts'
import type { GovernedPart, GovernedSql, GovernedText, MaskKey } from '../model/governed.ts'
import type { QueryParameter } from '../model/parameter.ts'
import type { Analyzed } from './analyze.ts'
import { mergeApplied } from './govern/applied.ts'
import { item, query, select } from './govern/build.ts'
import { dryRunOutputs } from './govern/dry-run-outputs.ts'
import { freshNames } from './govern/fresh-names.ts'
import { governPart, type PartUnderPolicy } from './govern/govern-part.ts'
import { keyParameters } from './govern/keyed-hash.ts'
import { placeParts } from './govern/place-parts.ts'
import { protectShards } from './govern/shards.ts'
import { shareCatalogs } from './govern/share-catalogs.ts'
import { refuseTelltales } from './govern/telltales.ts'
import { isExpression, type Part, type PartTree, valueName } from './part.ts'
import { refuseHiddenRows } from './statement/destination.ts'

/**
 * The text under the policy's masks, filters and limits, as BigQuery gets it byte for byte.
 * Throws `cannot_govern` where an obligation cannot be met, and `printer_mismatch` where the text would not read back.
 */
export function govern(analyzed: Analyzed, decided: Decision, maskKey?: MaskKey): GovernedSql {
  const { tree, parts, statement, parameters } = analyzed
  const decision = protectShards(
    decided,
    parts.map(({ context }) => context),
  )
  refuseHiddenRows(statement.destination, decision)
  refuseTelltales(tree, parts, decision)
  const freshName = freshNames(() => [tree, ...parts.flatMap(bodiesIn)])
  const rowsLeave = statement.destination === undefined
  const governed = parts.map(part => governPart(part, decision, { freshName, rowsLeave }))
  const keys = hashParameters(decision, maskKey)
  const placed = placeParts(tree, governed)
  const printed = printChecked(placed)
  const told = dryRunOutputs(parts, statement.kind)
  const text: GovernedText = {
    text: printed,
    parameters: [...parameters, ...keys],
    outputs: statement.outputs,
    ...(told === undefined ? {} : { dryRunOutputs: told }),
    applied: mergeApplied(governed.map(({ applied }) => applied)),
    parts: describeParts(governed, decision, keys, textsIn(placed, printed)),
    statementKind: statement.kind,
  }
  return text as GovernedSql
}

/** What stands in a text without being written there. */
function bodiesIn({ tree, context }: Part): readonly Node[] {
  const queries = [...context.views.values(), ...context.tableCalls.values()].map(({ query: body }) => body)
  return [tree, ...queries, ...[...context.calls.values()].map(({ body }) => body)]
}

function describeParts(
  governed: readonly PartUnderPolicy[],
  decision: Decision,
  keys: readonly QueryParameter[],
  known: Texts,
): readonly GovernedPart[] {
  const catalogs = shareCatalogs(
    governed.map(({ part }) => part),
    decision,
  )
  return governed.map(({ part, tree, scans }) => ({
    text: known.get(tree) ?? textOf(tree, part),
    parameters: [...part.context.parameters, ...keys],
    ...{ scans, outputs: part.outputs, catalog: catalogs.get(part) ?? { tables: [], variables: [], routines: [] } },
    unprotected: () =>
      textOf(governPart(part, noDuties, { freshName: freshNames(() => bodiesIn(part)), rowsLeave: false }).tree, part),
  }))
}

type Texts = ReadonlyMap<Node, string>

/** A text of one statement is that statement's. */
function textsIn({ statements: [only, second] }: Script, printed: string): Texts {
  return new Map(only === undefined || second !== undefined ? [] : [[only, printed]])
}

const noDuties = { masks: new Map(), rowFilters: new Map(), limits: {} }

function textOf(tree: PartTree, part: Part): string {
  return print(isExpression(tree, part) ? query(select({ items: [item(tree, valueName)], from: undefined })) : tree)
}

/** The text of a tree, which must read back as the same tree. */
function printChecked(tree: Script): string {
  const text = print(tree)
  if (sameTree(parseScript(text), tree)) return text
  throw new Failure('printer_mismatch', {}, { cause: new Error(`printed otherwise than it reads: ${text}`) })
}

function hashParameters({ masks }: Decision, maskKey: MaskKey | undefined): readonly QueryParameter[] {
  const isHashed = [...masks.values()].some(columns => [...columns.values()].some(({ kind }) => kind === 'hmac_sha256'))
  if (!isHashed) return []
  if (maskKey !== undefined) return keyParameters(maskKey)
  const cause = new Error('the policy asks for hmac_sha256, and no mask key is configured')
  throw new Failure('cannot_govern', {}, { cause })
}

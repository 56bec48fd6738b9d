import type { PathExpression } from '../../googlesql/ast/expression.ts'
import type { Node } from '../../googlesql/ast/node.ts'
import type { TableReference } from '../../googlesql/ast/table.ts'
import { rewrite } from '../../googlesql/rewrite.ts'
import { routineName } from '../../model/catalog.ts'
import type { Context } from '../resolve/context.ts'
import type { Column, Scan } from '../resolve/relation.ts'
import { placeArguments } from '../routine/place-arguments.ts'
import { identifier } from './build.ts'
import { formOf, pseudoAlias, tableNamed } from './hoist.ts'
import { inlineCall } from './inline-call.ts'
import { inlineTableCall } from './inline-table-call.ts'
import { plainForms } from './plain-forms.ts'
import { refuseSpreadRows } from './spread-rows.ts'

type NameFor = (node: TableReference) => string | undefined

/** A tree in plain forms in which every table is read by its entry or by its complete name, under the alias it had. */
export function replaceReferences<N extends Node>(tree: N, context: Context, nameFor: NameFor): N {
  if (!hasReferences(context)) return rewrite(tree, plainForms)
  const hoistedScans = new Set(
    [...context.resolutions].flatMap(([node, resolution]) => {
      return resolution.kind === 'base' && nameFor(node) !== undefined ? [resolution.scan] : []
    }),
  )
  refuseSpreadRows(tree, context, hoistedScans)
  const inner = <M extends Node>(body: M) => replaceReferences(body, context, nameFor)
  return rewrite(tree, {
    ...plainForms,
    StarItem: (node, original) => {
      const hidden = (context.stars.get(original) ?? []).filter(column => isHoisted(column, hoistedScans))
      const names = [...new Set(hidden.map(({ name = '' }) => pseudoAlias(name)))]
      return names.length === 0 ? node : { ...node, except: [...node.except, ...names.map(identifier)] }
    },
    FunctionCall: (node, original) => {
      const called = context.calls.get(original)
      if (called !== undefined) return inlineCall(node, called, inner(called.body), context)
      const kept = context.kept.get(original)
      if (kept === undefined) return node
      const name = { ...node.name, parts: [identifier(routineName(kept))] } as const
      return { ...node, name, args: placeArguments(node.args, kept) }
    },
    TableArgument: (node, original) => {
      const reference = context.tableArguments.get(original)
      return reference === undefined
        ? node
        : { ...node, path: replaceTable(reference, reference, context, nameFor).path }
    },
    TableFunction: (node, original) => {
      const called = context.tableCalls.get(original)
      return called === undefined ? node : inlineTableCall(node, called, inner(called.query), context)
    },
    TableReference: (node, original) => replaceTable(node, original, context, nameFor),
    PathExpression: (node, original) => {
      const pseudo = context.pseudoColumns.get(original)
      return pseudo !== undefined && hoistedScans.has(pseudo.scan) ? renamed(node, pseudo.name) : node
    },
    ExpressionItem: (node, original) => {
      const pseudo = context.pseudoColumns.get(original.value)
      const isRenamed = pseudo !== undefined && hoistedScans.has(pseudo.scan) && node.alias === undefined
      return isRenamed ? { ...node, alias: identifier(pseudo.name) } : node
    },
  })
}

/** Columns are those of tables. */
function hasReferences({ resolutions, calls, kept, tableCalls }: Context): boolean {
  return resolutions.size + calls.size + kept.size + tableCalls.size > 0
}

/** A pseudo-column that an entry has as a column, because the query names it. */
function isHoisted({ name, origins = [] }: Column, hoistedScans: ReadonlySet<Scan>): boolean {
  return origins.some(({ scan }) => hoistedScans.has(scan) && name !== undefined && scan.uses.has(name))
}

function replaceTable(
  node: TableReference,
  original: TableReference,
  context: Context,
  nameFor: NameFor,
): TableReference {
  const resolution = context.resolutions.get(original)
  if (resolution === undefined || resolution.kind === 'common_table' || resolution.kind === 'array') return node
  const hoist = nameFor(original)
  if (hoist === undefined && resolution.kind === 'base') {
    const { systemTime, postfix } = node
    return { ...tableNamed(resolution.scan.id, resolution.alias), systemTime, postfix }
  }
  const { samples } = formOf(original)
  const postfix = node.postfix.slice(samples.length)
  return { ...tableNamed(hoist ?? '', resolution.alias), postfix }
}

function renamed(node: PathExpression, name: string): PathExpression {
  const [head, ...rest] = node.parts
  const alias = identifier(pseudoAlias(name))
  return rest.length === 0 ? { ...node, parts: [alias] } : { ...node, parts: [head, ...rest.slice(0, -1), alias] }
}

import type { Node } from '../../googlesql/ast/node.ts'
import { visit } from '../../googlesql/walk.ts'
import { Failure } from '../../model/failure.ts'
import type { Context } from '../resolve/context.ts'
import type { Scan } from '../resolve/relation.ts'
import { sameName } from '../table-name.ts'
import { isPseudo } from './hoist.ts'

/**
 * In an entry a pseudo-column is a column like any other. A star leaves it out by name; where rows go on whole in another
 * way, they would have one column too many, so the query is refused.
 */
export function refuseSpreadRows(tree: Node, context: Context, hoistedScans: ReadonlySet<Scan>): void {
  const scans = [...hoistedScans].filter(({ uses, table }) => [...uses.keys()].some(name => isPseudo(name, table)))
  if (scans.length === 0) return
  const aliases = [...context.resolutions.values()].flatMap(resolution => {
    return resolution.kind === 'base' && scans.includes(resolution.scan) ? [resolution.alias] : []
  })
  const names = scans.flatMap(({ table }) => table.pseudoColumns.map(({ name }) => name))
  const isAmong = (known: readonly string[], text: string) => known.some(name => sameName(name, text))
  const walk = (node: Node): void =>
    visit(node, {
      FromQuery: () => refuse('in a pipe that begins with FROM'),
      StarItem: ({ target, replace }) => {
        if (target?.kind !== 'PathExpression') return true
        for (const item of replace) walk(item)
        return false
      },
      PathExpression: ({ parts: [head, second] }) => {
        if (second === undefined && isAmong(aliases, head.text)) refuse('beside its whole row as a value')
      },
      MergeInsert: ({ values }) => {
        if (values === undefined) refuse('beside INSERT ROW')
      },
      Join: ({ using }) => {
        if (using.some(({ text }) => isAmong(names, text))) refuse('in USING')
      },
    })
  walk(tree)
}

function refuse(where: string): never {
  throw new Failure('cannot_govern', {
    detail: `A pseudo-column of a masked or filtered table is used ${where}.`,
    next: 'Select the columns by name, and join with ON.',
  })
}

import { eachOnce } from '../../base/each-once.ts'
import type { Identifier } from '../../googlesql/ast/name.ts'
import type { Join, JoinType } from '../../googlesql/ast/table.ts'
import { Failure } from '../../model/failure.ts'
import { supertype } from '../types/supertype.ts'
import { type Environment, resolveExpression, scopeOf } from './context.ts'
import { nameLeaves } from './leaves.ts'
import { isNamed } from './lookup.ts'
import { type Column, type FromScope, mergeReads, realize } from './relation.ts'
import { sideBySide } from './rows.ts'
import { spend } from './spend.ts'

/** Two sides of a join and its condition. USING makes one column of two for `*` and for names without a table. */
export function joinScopes(left: FromScope, right: FromScope, join: Join, env: Environment): FromScope {
  if (join.natural) throw new Failure('query_invalid', { detail: 'NATURAL JOIN is not a part of BigQuery.' })
  const both = sideBySide(left, right)
  spend(both.star.length, env.context.spent)
  if (join.on !== undefined) realize(resolveExpression(join.on, scopeOf(env, both)).reads, 'join')
  if (join.using.length === 0) return both
  const merged = eachOnce(join.using, ({ text }) => text.toLowerCase()).map(name =>
    mergeColumns(name, left, right, join.type),
  )
  const beside = (columns: readonly Column[]) => [
    ...merged,
    ...columns.filter(column => !merged.some(({ name = '' }) => isNamed(column, name))),
  ]
  const { ranges, star, whole } = both
  return { ranges, star: beside(star), ...(whole === undefined ? {} : { whole: beside(whole) }) }
}

function mergeColumns(name: Identifier, left: FromScope, right: FromScope, type: JoinType): Column {
  const mine = columnNamed(name, left)
  const other = columnNamed(name, right)
  realize(mine.reads, 'join')
  realize(other.reads, 'join')
  switch (type) {
    case 'RIGHT':
      return { ...other, name: name.text }
    case 'FULL':
      return { name: name.text, type: supertype([mine, other]), reads: mergeReads(mine.reads, other.reads) }
    default:
      return { ...mine, name: name.text }
  }
}

function columnNamed({ text }: Identifier, side: FromScope): Column {
  const [column, twin] = side.star.filter(candidate => isNamed(candidate, text))
  if (column === undefined) {
    throw new Failure('unknown_name', { detail: `USING names ${text}, which one side of the join does not have.` })
  }
  if (twin !== undefined) {
    throw new Failure('ambiguous_name', { detail: `USING names ${text}, which one side of the join has twice.` })
  }
  nameLeaves(column)
  return column
}

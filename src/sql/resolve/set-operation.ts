import type { SetOperator } from '../../googlesql/ast/query.ts'
import { Failure } from '../../model/failure.ts'
import { sameName } from '../table-name.ts'
import { supertype } from '../types/supertype.ts'
import { type Column, mergeReads, noReads, type Relation, realize } from './relation.ts'

/** UNION and its like: names of the first input, values of all of them. */
export function combineInputs(first: Relation, steps: readonly { operator: SetOperator; input: Relation }[]): Relation {
  return steps.reduce((left, { operator, input }) => combineTwo(left, input, operator), first)
}

function combineTwo(left: Relation, right: Relation, operator: SetOperator): Relation {
  const [mine, other] = operator.match === undefined ? byPosition(left, right) : byName(left, right, operator)
  const isSet = operator.type !== 'UNION' || operator.rows === 'DISTINCT'
  if (isSet) for (const column of [...mine, ...other]) realize(column.reads, 'group')
  const columns = mine.map((column, index): Column => {
    const twin = other[index] ?? absent(column.name)
    return {
      name: column.name ?? (operator.match === undefined ? undefined : twin.name),
      type: supertype([column, twin]),
      reads: mergeReads(column.reads, twin.reads),
    }
  })
  return left.isValue === true && right.isValue === true ? { columns, isValue: true } : { columns }
}

type Sides = readonly [readonly Column[], readonly Column[]]

function byPosition({ columns }: Relation, right: Relation): Sides {
  const mine = columns.filter(column => column.isPseudo !== true)
  const other = right.columns.filter(column => column.isPseudo !== true)
  if (mine.length === other.length) return [mine, other]
  throw new Failure('query_invalid', {
    detail: `The inputs of a set operation have ${mine.length} and ${other.length} columns.`,
  })
}

/** CORRESPONDING and BY NAME: columns of one name meet; which of the others stay is the outer mode's to say. */
function byName(left: Relation, right: Relation, { columns, outer, match, strict }: SetOperator): Sides {
  const named = columns.map(({ text }) => text)
  const leftNames = left.columns.flatMap(({ name }) => name ?? [])
  const rightNames = right.columns.flatMap(({ name }) => name ?? [])
  const isIn = (names: readonly string[]) => (name: string) => names.some(other => sameName(name, other))
  const keepsLeft = outer === 'FULL' || outer === 'LEFT'
  const shared = leftNames.filter(name => keepsLeft || strict || isIn(rightNames)(name))
  const extra = outer === 'FULL' ? rightNames.filter(name => !isIn(leftNames)(name)) : []
  // BY NAME alone demands that both sides have the same names, so either order of keeping them is right.
  const names =
    named.length > 0 ? named : match === 'BY NAME' && outer === undefined ? leftNames : [...shared, ...extra]
  const pick = (side: Relation) =>
    names.map(
      name => side.columns.find(column => column.name !== undefined && sameName(column.name, name)) ?? absent(name),
    )
  return [pick(left), pick(right)]
}

function absent(name: string | undefined): Column {
  return { name, type: undefined, literal: 'null', reads: noReads }
}

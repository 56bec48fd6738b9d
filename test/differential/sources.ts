import type { ColumnType } from '../../src/model/column-type.ts'
import { expression, predicate } from './expressions.ts'
import { matched } from './patterns.ts'
import { leavesOf, type Made, type Maker, type Named, quoted, type Scope, type Source, scalar } from './scope.ts'

/** A FROM clause and what it brings into scope. */
export type From = { readonly text: string; readonly sources: readonly Source[] }

/** One to three sources joined in every way there is. */
export function from(maker: Maker, scope: Scope): From {
  const { random } = maker
  let made = single(maker, scope)
  const count = random.below(10) < 5 ? 0 : 1 + random.below(2)
  for (let index = 0; index < count; index++) made = joined(maker, scope, made)
  return made
}

function joined(maker: Maker, scope: Scope, left: From): From {
  const { random } = maker
  if (random.chance(0.3)) return withArray(maker, scope, left)
  const right = single(maker, scope)
  const sources = [...left.sources, ...right.sources]
  if (random.chance(0.15)) return { text: `${left.text} CROSS JOIN ${right.text}`, sources }
  if (random.chance(0.1)) return { text: `${left.text}, ${right.text}`, sources }
  const kind = random.pick(['JOIN', 'INNER JOIN', 'LEFT JOIN', 'RIGHT JOIN', 'FULL JOIN', 'LEFT OUTER JOIN'])
  const shared = left.sources.length === 1 ? sharedNames(left.sources[0], right.sources[0]) : []
  if (shared.length > 0 && random.chance(0.4)) {
    return { text: `${left.text} ${kind} ${right.text} USING (${quoted(random.pick(shared))})`, sources }
  }
  const inner = { ...scope, sources: [...scope.sources, ...sources], isBare: false }
  const condition = kind.includes('RIGHT') || kind.includes('FULL') ? equality(maker, left, right) : undefined
  return { text: `${left.text} ${kind} ${right.text} ON ${condition ?? predicate(maker, inner, 1)}`, sources }
}

/** FULL and RIGHT joins want keys that are equal. */
function equality({ random }: Maker, left: From, right: From): string {
  const sides = [left, right].map(({ sources }) => {
    return leavesOf({ sources, isBare: false, relations: [], depth: 0 }, random)
  })
  const [ours = [], theirs = []] = sides
  const pairs = ours.flatMap(one => {
    return theirs.filter(other => isSame(one.type, other.type)).map(other => `${one.text} = ${other.text}`)
  })
  return pairs.length === 0 ? 'TRUE' : random.pick(pairs)
}

function isSame(one: ColumnType, other: ColumnType): boolean {
  return one.kind === 'scalar' && other.kind === 'scalar' && one.name === other.name && one.name !== 'JSON'
}

function sharedNames(left: Source | undefined, right: Source | undefined): readonly string[] {
  return (left?.columns ?? []).flatMap(({ name, type }) => {
    return right?.columns.some(other => other.name === name && isSame(other.type, type)) ? [name] : []
  })
}

/** An array of a source to the left, unnested: by its path or by UNNEST, with its offset or without. */
function withArray(maker: Maker, scope: Scope, left: From): From {
  const { random } = maker
  const arrays = leavesOf({ ...scope, sources: left.sources, isBare: false }, random).filter(
    ({ type }) => type.kind === 'array',
  )
  const alias = maker.alias()
  const offset = random.chance(0.3) ? maker.alias() : undefined
  const chosen =
    arrays.length === 0
      ? { text: "['EU', 'x']", type: { kind: 'array', element: scalar('STRING') } as const }
      : random.pick(arrays)
  const element = chosen.type.kind === 'array' ? chosen.type.element : scalar('STRING')
  const named = arrays.length > 0 && random.chance(0.5) ? chosen.text : `UNNEST(${chosen.text})`
  const table = `${named} AS ${alias}${offset === undefined ? '' : ` WITH OFFSET AS ${offset}`}`
  const text = random.pick([
    `${left.text}, ${table}`,
    `${left.text} CROSS JOIN ${table}`,
    `${left.text} LEFT JOIN ${table}`,
  ])
  // Of an array of scalars the alias itself is the value, which other places name as a column of its own.
  const columns: readonly Named[] = element.kind === 'struct' ? element.fields : []
  return { text, sources: [...left.sources, ...(columns.length > 0 ? [{ alias, columns }] : [])] }
}

function single(maker: Maker, scope: Scope): From {
  const { random } = maker
  if (scope.depth > 0 && random.chance(0.2)) return subquery(maker, scope)
  const relation = random.pick(scope.relations)
  const { text, columns } = relation
  const match = random.chance(0.05) ? matched(maker, scope, relation) : undefined
  if (match !== undefined) return match
  const alias = maker.alias()
  const isTable = relation.isTable && random.chance(0.1)
  const postfix = isTable ? random.pick([` ${timeTravel}`, ' TABLESAMPLE SYSTEM (100 PERCENT)']) : ''
  return { text: `${text} AS ${quoted(alias)}${postfix}`, sources: [{ alias, columns }] }
}

/** A table as it was; to the evaluator, which keeps no past, as it is. */
export const timeTravel = "FOR SYSTEM_TIME AS OF TIMESTAMP '2024-01-01 00:00:00+00'"

function subquery(maker: Maker, scope: Scope): From {
  const alias = maker.alias()
  const { text, columns }: Made = maker.query({ ...scope, sources: [], depth: scope.depth - 1 })
  return { text: `(${text}) AS ${quoted(alias)}`, sources: [{ alias, columns }] }
}

/** A table alone, under the last part of its name. */
export function unaliased(maker: Maker, scope: Scope): From {
  const { text, impliedAlias, columns } = maker.random.pick(scope.relations)
  return { text: text.replace('⟩', `|${impliedAlias}⟩`), sources: [{ alias: impliedAlias, columns }] }
}

export function whereClause(maker: Maker, scope: Scope): string {
  return maker.random.chance(0.5) ? ` WHERE ${expression(maker, scope, 'BOOL', 2)}` : ''
}

import type { ColumnType } from '../../src/model/column-type.ts'
import { commonTypes, expression, predicate } from './expressions.ts'
import { isGroupable, isScalar, leavesOf, type Made, type Maker, quoted, type Scope, scalar } from './scope.ts'
import { type From, whereClause } from './sources.ts'

type Typed = { readonly text: string; readonly type: ColumnType }

/** SELECT with aggregates, grouped in every way there is. */
export function aggregated(maker: Maker, scope: Scope, read: From): Made {
  const { random } = maker
  const keys = Array.from({ length: random.below(3) }, () => ({ ...key(maker, scope), name: maker.alias() }))
  const values = Array.from({ length: 1 + random.below(2) }, () => ({
    ...aggregate(maker, scope),
    name: maker.alias(),
  }))
  const list = [...keys, ...values].map(({ text, name }) => `${text} AS ${quoted(name)}`).join(', ')
  const where = whereClause(maker, scope)
  const grouping = keys.length === 0 ? '' : ` GROUP BY ${groupBy(maker, keys)}`
  const having = random.chance(0.25) ? ` HAVING ${groupCondition(maker, scope)}` : ''
  const text = `SELECT ${list} FROM ${read.text}${where}${grouping}${keys.length === 0 && having !== '' ? '' : having}`
  return { text, columns: [...keys, ...values].map(({ name, type }) => ({ name, type })), isOrdered: false }
}

function groupCondition(maker: Maker, scope: Scope): string {
  return maker.random.pick([
    () => 'COUNT(*) > 1',
    () => `MAX(${expression(maker, scope, 'INT64', 1)}) > 1`,
    () => `LOGICAL_OR(${predicate(maker, scope, 0)})`,
  ])()
}

function key(maker: Maker, scope: Scope): Typed {
  const leaves = leavesOf(scope, maker.random).filter(({ type }) => isGroupable(type))
  if (leaves.length > 0 && maker.random.chance(0.7)) return maker.random.pick(leaves)
  const type = maker.random.pick(['STRING', 'INT64', 'DATE', 'BOOL'] as const)
  return { text: expression({ ...maker, query: noQuery }, { ...scope, depth: 0 }, type, 1), type: scalar(type) }
}

function noQuery(): never {
  throw new Error('a grouping key holds no query')
}

function groupBy({ random }: Maker, keys: readonly { readonly name: string }[]): string {
  const names = keys.map(({ name }) => quoted(name))
  const ordinals = keys.map((_, index) => String(index + 1))
  const sets = names.map(name => `(${name})`)
  return random.pick([
    names.join(', '),
    names.join(', '),
    ordinals.join(', '),
    'ALL',
    `ROLLUP(${names.join(', ')})`,
    `CUBE(${names.join(', ')})`,
    `GROUPING SETS (${[...sets, '()'].join(', ')})`,
  ])
}

const countAll: Typed = { text: 'COUNT(*)', type: scalar('INT64') }

/** Aggregates whose answer does not depend on the order of rows. */
export function aggregate(maker: Maker, scope: Scope): Typed {
  const { random } = maker
  const of = (type: (typeof commonTypes)[number]) => expression(maker, scope, type, 1)
  const type = random.pick(commonTypes)
  // Aggregates order by no literals.
  const leaf = (wanted: (typeof commonTypes)[number]): string | undefined => {
    const fitting = leavesOf(scope, random).filter(known => isScalar(known.type, wanted))
    return fitting.length === 0 ? undefined : random.pick(fitting).text
  }
  return random.pick([
    (): Typed => countAll,
    (): Typed => ({ text: `COUNT(DISTINCT ${of(type)})`, type: scalar('INT64') }),
    (): Typed => ({ text: `${random.pick(['MAX', 'MIN'])}(${of(type)})`, type: scalar(type) }),
    (): Typed => ({ text: `SUM(${of('INT64')})`, type: scalar('INT64') }),
    (): Typed => ({ text: `SUM(${of('NUMERIC')})`, type: scalar('NUMERIC') }),
    (): Typed => ({ text: `COUNTIF(${of('BOOL')})`, type: scalar('INT64') }),
    (): Typed => {
      const value = leaf('STRING')
      if (value === undefined) return countAll
      return { text: `STRING_AGG(DISTINCT ${value}, ',' ORDER BY ${value})`, type: scalar('STRING') }
    },
    (): Typed => {
      const value = leaf(type)
      if (value === undefined) return countAll
      return {
        text: `ARRAY_AGG(${value} IGNORE NULLS ORDER BY ${value} LIMIT 5)`,
        type: { kind: 'array', element: scalar(type) },
      }
    },
    (): Typed => ({ text: `LOGICAL_AND(${of('BOOL')})`, type: scalar('BOOL') }),
  ])()
}

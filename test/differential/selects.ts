import type { ColumnType } from '../../src/model/column-type.ts'
import { aggregated } from './aggregates.ts'
import { expression, selectable } from './expressions.ts'
import {
  isGroupable,
  isPartitionable,
  isScalar,
  leavesOf,
  type Made,
  type Maker,
  type Named,
  quoted,
  type Scope,
  scalar,
} from './scope.ts'
import { type From, from, unaliased, whereClause } from './sources.ts'

/** A SELECT of some form, without WITH and without ORDER BY. */
export function select(maker: Maker, scope: Scope): Made {
  const { random } = maker
  const isAlone = scope.sources.length === 0
  const read = isAlone && random.chance(0.2) ? unaliased(maker, scope) : from(maker, scope)
  const inner: Scope = {
    ...scope,
    sources: [...read.sources, ...scope.sources],
    isBare: isAlone && read.sources.length === 1,
  }
  const choice = random.below(100)
  if (choice < 28) return aggregated(maker, inner, read)
  if (choice < 46) return star(maker, inner, read)
  if (choice < 60) return windowed(maker, inner, read)
  if (choice < 66) return pivoted(maker, scope)
  return plain(maker, inner, read)
}

function plain(maker: Maker, scope: Scope, read: From): Made {
  const { random } = maker
  const items = Array.from({ length: 1 + random.below(4) }, () => ({
    ...selectable(maker, scope),
    name: maker.alias(),
  }))
  const columns = items.map(({ name, type }) => ({ name, type }))
  const isDistinct = random.chance(0.2) && columns.every(({ type }) => isGroupable(type))
  const list = items.map(({ text, name }) => `${text} AS ${quoted(name)}`).join(', ')
  const where = whereClause(maker, scope)
  return { text: `SELECT ${isDistinct ? 'DISTINCT ' : ''}${list} FROM ${read.text}${where}`, columns, isOrdered: false }
}

/** `*` and `t.*`, with columns left out and replaced. */
function star(maker: Maker, scope: Scope, read: From): Made {
  const { random } = maker
  const source = random.pick(read.sources)
  const visible = source.columns.filter(({ name }) => !name.startsWith('_') && name !== '')
  const isOnly = read.sources.length === 1 && !/UNNEST|, |JOIN/.test(read.text)
  const target = isOnly && random.chance(0.5) ? '*' : `${quoted(source.alias)}.*`
  const except = visible.length > 1 && random.chance(0.4) ? random.some(visible.slice(1), 0.3) : []
  const kept = visible.filter(column => !except.includes(column))
  const replaced = random.chance(0.3)
    ? random.some(kept, 0.3).map(column => [column.name, random.pick(['INT64', 'STRING'] as const)] as const)
    : []
  const replacements = replaced.map(([name, type]) => `${expression(maker, scope, type, 1)} AS ${quoted(name)}`)
  const types = new Map<string, ColumnType>(replaced.map(([name, type]) => [name, scalar(type)]))
  const text = [
    `SELECT ${target}`,
    ...(except.length === 0 ? [] : [`EXCEPT (${except.map(({ name }) => quoted(name)).join(', ')})`]),
    ...(replaced.length === 0 ? [] : [`REPLACE (${replacements.join(', ')})`]),
    `FROM ${read.text}${whereClause(maker, scope)}`,
  ].join(' ')
  return { text, columns: kept.map(({ name, type }) => ({ name, type: types.get(name) ?? type })), isOrdered: false }
}

/** Window functions whose answer does not depend on how equal rows stand. */
function windowed(maker: Maker, scope: Scope, read: From): Made {
  const { random } = maker
  const keys = leavesOf(scope, random).filter(({ type }) => isPartitionable(type))
  if (keys.length === 0) return plain(maker, scope, read)
  const partition = random.chance(0.6) ? `PARTITION BY ${random.pick(keys).text} ` : ''
  const order = `ORDER BY ${random.pick(keys).text}${random.pick(['', ' DESC', ' NULLS LAST'])}`
  const number = expression(maker, scope, 'INT64', 1)
  const window = random.pick([
    `RANK() OVER (${partition}${order})`,
    `DENSE_RANK() OVER w`,
    `COUNT(${number}) OVER (${partition})`,
    `SUM(${number}) OVER (${partition}${order})`,
    `MAX(${number}) OVER w`,
    `SUM(${number}) OVER (${partition}${order} RANGE UNBOUNDED PRECEDING)`,
    `COUNT(DISTINCT ${number}) OVER (${partition})`,
  ])
  const { text: item, type } = selectable(maker, scope)
  const [first, second] = [maker.alias(), maker.alias()]
  const qualify = random.chance(0.4)
    ? ` QUALIFY ${random.pick([second, window])} ${random.pick(['= 1', '< 3', '> 1'])}`
    : ''
  const where = qualify === '' ? whereClause(maker, scope) : ' WHERE TRUE'
  const named = window.endsWith('w') || qualify.includes('w ') ? ` WINDOW w AS (${partition}${order})` : ''
  const text = `SELECT ${item} AS ${first}, ${window} AS ${second} FROM ${read.text}${where}${qualify}${named}`
  return {
    text,
    columns: [
      { name: first, type },
      { name: second, type: scalar('INT64') },
    ],
    isOrdered: false,
  }
}

/** Rows turned into columns, and columns into rows. */
function pivoted(maker: Maker, scope: Scope): Made {
  const { random } = maker
  const relation = random.pick(scope.relations)
  const texts = relation.columns.filter(({ type, name }) => isScalar(type, 'STRING') && !name.startsWith('_'))
  const numbers = relation.columns.filter(({ type }) => isScalar(type, 'INT64'))
  const alias = maker.alias()
  const [by] = texts.length === 0 ? [] : [random.pick(texts)]
  if (by === undefined || numbers.length === 0) return plainTable(relation.text, relation.columns, alias)
  const number = random.pick(numbers)
  if (texts.length > 1 && random.chance(0.5)) {
    const [one, other] = texts
    const list = [one, other].map(column => quoted(column?.name ?? '')).join(', ')
    const rows = `(SELECT ${list}, ${quoted(number.name)} AS num FROM ${relation.text})`
    const text = `SELECT * FROM ${rows} UNPIVOT${random.pick([' INCLUDE NULLS', ''])} (val FOR what IN (${list}))`
    const columns = [
      { name: 'num', type: scalar('INT64') },
      { name: 'val', type: scalar('STRING') },
      { name: 'what', type: scalar('STRING') },
    ]
    return { text, columns, isOrdered: false }
  }
  const rows = `(SELECT ${quoted(by.name)} AS piv, ${quoted(number.name)} AS num FROM ${relation.text})`
  const text = `SELECT * FROM ${rows} PIVOT(${random.pick(['SUM', 'COUNT', 'MAX'])}(num) FOR piv IN ('EU' AS eu, 'US' AS us))`
  const columns = ['eu', 'us'].map((name): Named => ({ name, type: scalar('INT64') }))
  return { text, columns, isOrdered: false }
}

function plainTable(text: string, columns: readonly Named[], alias: string): Made {
  const visible = columns.filter(({ name }) => !name.startsWith('_'))
  return { text: `SELECT ${alias}.* FROM ${text} AS ${alias}`, columns: visible, isOrdered: false }
}

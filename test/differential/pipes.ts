import { aggregate } from './aggregates.ts'
import { expression, selectable } from './expressions.ts'
import { isGroupable, leavesOf, type Made, type Maker, type Named, quoted, type Scope } from './scope.ts'
import { from } from './sources.ts'

type Piped = { readonly text: string; readonly alias: string; readonly columns: readonly Named[] }

/** FROM and a few pipe operators, each over what the one before it left. */
export function piped(maker: Maker, scope: Scope): Made {
  const { random } = maker
  const relation = random.pick(scope.relations)
  const first = maker.alias()
  const visible = relation.columns.filter(({ name }) => !name.startsWith('_'))
  let made: Piped = {
    text: `FROM ${relation.text} AS ${first} |> SELECT ${first}.* |> AS ${first}`,
    alias: first,
    columns: visible,
  }
  const count = 1 + random.below(4)
  for (let index = 0; index < count; index++) made = step(maker, scope, made)
  if (random.chance(0.3) && made.columns.length > 0 && made.columns.every(({ type }) => isGroupable(type))) {
    const order = made.columns.map(({ name }) => quoted(name)).join(', ')
    const limit = random.chance(0.5) ? ` |> LIMIT ${1 + random.below(4)}` : ''
    return { text: `${made.text} |> ORDER BY ${order}${limit}`, columns: made.columns, isOrdered: true }
  }
  return { text: made.text, columns: made.columns, isOrdered: false }
}

function step(maker: Maker, outer: Scope, { text, alias, columns }: Piped): Piped {
  const { random } = maker
  const scope: Scope = { ...outer, sources: [{ alias, columns }, ...outer.sources], isBare: outer.sources.length === 0 }
  const next = maker.alias()
  const renamed = (operator: string, kept: readonly Named[]): Piped => ({
    text: `${text} |> ${operator} |> AS ${next}`,
    alias: next,
    columns: kept,
  })
  const column = columns.length === 0 ? undefined : random.pick(columns)
  const fresh = maker.alias()
  return random.pick([
    (): Piped => ({ text: `${text} |> WHERE ${expression(maker, scope, 'BOOL', 2)}`, alias, columns }),
    (): Piped => {
      const { text: value, type } = selectable(maker, scope)
      return renamed(`EXTEND ${value} AS ${quoted(fresh)}`, [...columns, { name: fresh, type }])
    },
    (): Piped => {
      const { text: value, type } = selectable(maker, scope)
      const names = column === undefined ? [] : [column]
      const list = [`${value} AS ${quoted(fresh)}`, ...names.map(({ name }) => quoted(name))].join(', ')
      return renamed(`SELECT ${list}`, [{ name: fresh, type }, ...names])
    },
    (): Piped => {
      const { text: value, type } = aggregate(maker, scope)
      const keys = leavesOf({ ...scope, sources: scope.sources.slice(0, 1) }, random).filter(leaf =>
        isGroupable(leaf.type),
      )
      const key = keys.length > 0 && random.chance(0.7) ? random.pick(keys) : undefined
      const name = maker.alias()
      const grouping = key === undefined ? '' : ` GROUP BY ${key.text} AS ${quoted(name)}`
      const kept = [...(key === undefined ? [] : [{ name, type: key.type }]), { name: fresh, type }]
      return renamed(`AGGREGATE ${value} AS ${quoted(fresh)}${grouping}`, kept)
    },
    (): Piped => {
      if (column === undefined || columns.length < 2) return renamed('WHERE TRUE', columns)
      return renamed(
        `DROP ${quoted(column.name)}`,
        columns.filter(({ name }) => name !== column.name),
      )
    },
    (): Piped => {
      if (column === undefined) return renamed('WHERE TRUE', columns)
      const kept = columns.map(one => (one.name === column.name ? { ...one, name: fresh } : one))
      return renamed(`RENAME ${quoted(column.name)} AS ${quoted(fresh)}`, kept)
    },
    (): Piped => {
      if (column?.type.kind !== 'scalar') return renamed('WHERE TRUE', columns)
      return renamed(`SET ${quoted(column.name)} = ${expression(maker, scope, column.type.name, 1)}`, columns)
    },
    (): Piped => {
      const isDistinct = columns.length > 0 && columns.every(({ type }) => isGroupable(type))
      return renamed(isDistinct ? 'DISTINCT' : 'WHERE TRUE', columns)
    },
    (): Piped => {
      const right = from(maker, { ...outer, depth: 0 })
      if (/JOIN|,/.test(right.text)) return renamed('WHERE TRUE', columns)
      const all: Scope = { ...scope, sources: [...scope.sources, ...right.sources], isBare: false }
      const operator = `${random.pick(['JOIN', 'LEFT JOIN'])} ${right.text} ON ${expression(maker, all, 'BOOL', 1)}`
      return { text: `${text} |> ${operator} |> SELECT ${quoted(alias)}.* |> AS ${next}`, alias: next, columns }
    },
  ])()
}

import { commonTypes, expression } from './expressions.ts'
import { isScalar, leavesOf, type Maker, type Named, quoted, type Relation, type Scope, type Source } from './scope.ts'
import { from } from './sources.ts'

/** INSERT, UPDATE, DELETE or MERGE of a table. */
export function change(maker: Maker, scope: Scope, target: Relation): string {
  const { random } = maker
  const alias = maker.alias()
  const source: Source = { alias, columns: target.columns.filter(isOrdinary) }
  const writable = source.columns.filter(({ type }) => commonTypes.some(name => isScalar(type, name)))
  const table = `${target.text} AS ${quoted(alias)}`
  const inside: Scope = { ...scope, sources: [source], isBare: false }
  const parts: Parts = { maker, scope, inside, writable, table, target }
  return random.pick([insert, update, update, remove, merge])(parts)
}

type Parts = {
  readonly maker: Maker
  readonly scope: Scope
  readonly inside: Scope
  readonly writable: readonly Named[]
  readonly table: string
  readonly target: Relation
}

function insert({ maker, scope, writable, target }: Parts): string {
  const read = from(maker, scope)
  const inner: Scope = { ...scope, sources: read.sources, isBare: false }
  const columns = chosen(maker, writable)
  const values = columns.map(column => `${value(maker, inner, column)} AS ${maker.alias()}`).join(', ')
  const list = columns.map(({ name }) => quoted(name)).join(', ')
  const where = maker.random.chance(0.5) ? ` WHERE ${expression(maker, inner, 'BOOL', 1)}` : ''
  return `INSERT INTO ${target.text} (${list}) SELECT ${values} FROM ${read.text}${where}`
}

function update({ maker, scope, inside, writable, table }: Parts): string {
  const read = maker.random.chance(0.4) ? from(maker, { ...scope, depth: 0 }) : undefined
  const inner = read === undefined ? inside : { ...inside, sources: [...inside.sources, ...read.sources] }
  const source = read === undefined ? '' : ` FROM ${read.text}`
  const where = read === undefined ? expression(maker, inner, 'BOOL', 2) : joined(maker, inside, inner)
  return `UPDATE ${table} SET ${assignments(maker, inner, writable)}${source} WHERE ${where}`
}

/** Each row of the target should meet one row of the source at most. */
function joined(maker: Maker, inside: Scope, inner: Scope): string {
  const [ours, all] = [leavesOf(inside, maker.random), leavesOf(inner, maker.random)]
  const pairs = ours.flatMap(one => {
    const others = all.filter(({ text }) => !ours.some(own => own.text === text))
    return others
      .filter(({ type }) => isScalar(type, 'INT64') && isScalar(one.type, 'INT64'))
      .map(other => `${one.text} = ${other.text}`)
  })
  return pairs.length === 0 ? 'FALSE' : `${maker.random.pick(pairs)} AND ${expression(maker, inner, 'BOOL', 1)}`
}

function remove({ maker, inside, table }: Parts): string {
  return `DELETE FROM ${table} WHERE ${expression(maker, inside, 'BOOL', 2)}`
}

function merge({ maker, scope, inside, writable, table }: Parts): string {
  const { random } = maker
  const { text, columns } = random.pick(scope.relations)
  const alias = maker.alias()
  const source: Scope = { ...scope, sources: [{ alias, columns }], isBare: false }
  const both: Scope = { ...inside, sources: [...inside.sources, ...source.sources] }
  const taken = chosen(maker, writable)
  const values = taken.map(column => value(maker, source, column)).join(', ')
  const clauses = [
    `WHEN MATCHED AND ${expression(maker, both, 'BOOL', 1)} THEN UPDATE SET ${assignments(maker, both, writable)}`,
    'WHEN MATCHED THEN DELETE',
    `WHEN NOT MATCHED THEN INSERT (${taken.map(({ name }) => quoted(name)).join(', ')}) VALUES (${values})`,
    `WHEN NOT MATCHED BY SOURCE AND ${expression(maker, inside, 'BOOL', 1)} THEN DELETE`,
  ]
  const some = random.some(clauses, 0.6)
  const when = some.length === 0 ? clauses.slice(0, 1) : some
  return `MERGE ${table} USING ${text} AS ${quoted(alias)} ON ${joined(maker, inside, both)} ${when.join(' ')}`
}

function isOrdinary({ name }: Named): boolean {
  return !name.startsWith('_')
}

function assignments(maker: Maker, scope: Scope, writable: readonly Named[]): string {
  const list = chosen(maker, writable)
  return list.map(column => `${quoted(column.name)} = ${value(maker, scope, column)}`).join(', ')
}

function value(maker: Maker, scope: Scope, { type }: Named): string {
  return expression(maker, scope, type.kind === 'scalar' ? type.name : 'INT64', 1)
}

function chosen({ random }: Maker, writable: readonly Named[]): readonly Named[] {
  const some = random.some(writable, 0.4)
  return some.length === 0 ? [random.pick(writable)] : some
}

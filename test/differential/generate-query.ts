import type { CatalogTable } from '../../src/model/catalog.ts'
import type { QueryParameter } from '../../src/model/parameter.ts'
import { type TableId, tableId } from '../../src/model/table-ref.ts'
import { change } from './changes.ts'
import { Parameters } from './parameters.ts'
import { piped } from './pipes.ts'
import type { Random } from './random.ts'
import { isGroupable, type Made, type Maker, quoted, type Relation, type Scope, scalar } from './scope.ts'
import { select } from './selects.ts'
import { setOperation } from './set-operations.ts'
import { timeTravel } from './sources.ts'

/** One query in two spellings: as a client writes it, and with tables under their ids and values in place of parameters, as the evaluator has it. */
export type GeneratedQuery = {
  readonly sql: string
  readonly spelled: string
  readonly parameters: readonly QueryParameter[]
  readonly isOrdered: boolean
}

const aliases = ['_sl1', '_sl2', 'u', 'Users', 'orders', 'x y', 'select', 'crm', 'total', 'region', 'name']
/** Most queries are small: a fault shows in those first, and they run in a tenth of the time. */
const depths = [0, 0, 1, 1, 2]
const entryNames = ['users', 'c', '_sl1', 'Orders', 'kinds', 'recent']

/** A query over the tables, of any form that its random choices lead to; now and then a change of one that may be changed. */
export function generateQuery(
  random: Random,
  tables: readonly CatalogTable[],
  mayChange: (id: TableId) => boolean,
): GeneratedQuery {
  let count = 0
  const parameters = new Parameters(random)
  const maker: Maker = {
    random,
    alias: () => (random.chance(0.12) ? `${random.pick(aliases)}${++count}` : `a${++count}`),
    parameter: (type, value) => parameters.add(type, value),
    query: scope => query(maker, scope),
  }
  const relations = tables.map(relationOf)
  const scope: Scope = { sources: [], isBare: true, relations, depth: random.pick(depths) }
  const targets = relations.filter(
    (relation, at) => relation.isTable && mayChange(tableId((tables[at] as CatalogTable).ref)),
  )
  const isChange = targets.length > 0 && random.chance(0.1)
  const made = isChange ? { text: change(maker, scope, random.pick(targets)), isOrdered: false } : query(maker, scope)
  const { sql, given } = parameters.spell(spell(made.text, random))
  return {
    sql,
    parameters: given,
    spelled: parameters.fill(spellWhole(made.text)),
    isOrdered: made.isOrdered,
  }
}

/** A table's id, and the name it goes by where no alias says so. */
const mark = /⟨([^⟩|]+)(?:\|([^⟩]+))?⟩/g

function spellWhole(text: string): string {
  return text.replaceAll(` ${timeTravel}`, '').replace(mark, (_, id: string, alias: string | undefined) => {
    return alias === undefined ? `\`${id}\`` : `\`${id}\` AS \`${alias}\``
  })
}

function relationOf({ ref, kind, columns, pseudoColumns }: CatalogTable): Relation {
  const named = [...columns, ...pseudoColumns].map(({ name, type }) => ({ name, type }))
  const isTable = kind === 'table' && !ref.table.includes('*')
  return { text: `⟨${tableId(ref)}⟩`, impliedAlias: ref.table, columns: named, isTable }
}

/** Every way to write a table's name, by chance. */
function spell(text: string, random: Random): string {
  return text.replace(mark, (_, id: string) => {
    const [project = '', dataset = '', table = ''] = id.split('.')
    if (table.includes('*')) return random.pick([`\`${id}\``, `\`${dataset}.${table}\``])
    return random.pick([
      `\`${id}\``,
      `${dataset}.${table}`,
      `${id}`,
      `\`${project}\`.${dataset}.${table}`,
      `\`${dataset}.${table}\``,
      `\`${project}.${dataset}\`.${table}`,
    ])
  })
}

function query(maker: Maker, scope: Scope): Made {
  const { random } = maker
  const isInner = scope.sources.length > 0
  if (!isInner && scope.depth > 0 && random.chance(0.25)) return withEntries(maker, scope)
  if (!isInner && random.chance(0.15)) return piped(maker, scope)
  const made = random.chance(0.12) ? setOperation(maker, scope) : select(maker, scope)
  return random.chance(0.3) ? ordered(maker, made) : made
}

/** In an order that leaves nothing open: by every column. */
function ordered({ random }: Maker, made: Made): Made {
  if (made.columns.length === 0 || !made.columns.every(({ type }) => isGroupable(type))) return made
  const order = made.columns.map((_, at) => `${at + 1}${random.pick(['', ' DESC', ' NULLS LAST'])}`).join(', ')
  const limit = random.chance(0.5) ? ` LIMIT ${1 + random.below(4)}${random.chance(0.3) ? ' OFFSET 1' : ''}` : ''
  return { ...made, text: `${made.text} ORDER BY ${order}${limit}`, isOrdered: true }
}

/** WITH, plain or recursive, its entries under names that tables and other queries have too. */
function withEntries(maker: Maker, scope: Scope): Made {
  const { random } = maker
  const isRecursive = random.chance(0.3)
  const entries: string[] = []
  let relations = scope.relations
  const count = 1 + random.below(2)
  const first = random.below(entryNames.length)
  for (let index = 0; index < count; index++) {
    const name = entryNames[(first + index) % entryNames.length] ?? 'c'
    const inner: Scope = { ...scope, relations, depth: scope.depth - 1 }
    const { text, columns } = isRecursive ? recursiveEntry(maker, inner, name) : query(maker, inner)
    entries.push(`${quoted(name)} AS (${text})`)
    const entry = { text: quoted(name), impliedAlias: name, columns, isTable: false }
    relations = [...relations.filter(({ text: other }) => other !== entry.text), entry, entry, entry]
  }
  const body = query(maker, { ...scope, relations, depth: scope.depth - 1 })
  return { ...body, text: `WITH ${isRecursive ? 'RECURSIVE ' : ''}${entries.join(', ')} ${body.text}` }
}

/** Counts up from what a query yields. */
function recursiveEntry(maker: Maker, scope: Scope, name: string): Made {
  const { text, columns } = select(maker, scope)
  const alias = maker.alias()
  const [base, step] = [maker.alias(), 'step']
  const kept = columns.filter(({ name: column }) => column !== '').slice(0, 3)
  const list = (from: string) => kept.map(column => `${quoted(from)}.${quoted(column.name)}`)
  const seed = `SELECT ${[...list(base), `0 AS ${step}`].join(', ')} FROM (${text}) AS ${quoted(base)}`
  const next = `SELECT ${[...list(alias), `${quoted(alias)}.${step} + 1`].join(', ')} FROM ${quoted(name)} AS ${quoted(alias)}`
  const all = `${seed} UNION ALL ${next} WHERE ${quoted(alias)}.${step} < ${1 + maker.random.below(3)}`
  return { text: all, columns: [...kept, { name: step, type: scalar('INT64') }], isOrdered: false }
}

import { typeText } from '../../src/model/column-type.ts'
import { isGroupable, type Made, type Maker, type Named, quoted, type Scope } from './scope.ts'
import { select } from './selects.ts'

/** UNION ALL of what has the same types, INTERSECT and EXCEPT of what can be compared; by place or by name. */
export function setOperation(maker: Maker, scope: Scope): Made {
  const first = select(maker, scope)
  if (maker.random.chance(0.35)) return byName(maker, scope, first)
  const types = first.columns.map(({ type }) => typeText(type)).join()
  for (let attempt = 0; attempt < 4; attempt++) {
    const second = attempt < 3 ? select(maker, scope) : first
    if (second.columns.map(({ type }) => typeText(type)).join() !== types) continue
    return {
      text: `(${first.text}) ${operatorFor(maker, first.columns)} (${second.text})`,
      columns: first.columns,
      isOrdered: false,
    }
  }
  return first
}

function operatorFor({ random }: Maker, columns: readonly Named[]): string {
  const isComparable = columns.every(({ type }) => isGroupable(type))
  if (!isComparable) return 'UNION ALL'
  return random.pick(['UNION ALL', 'UNION DISTINCT', 'INTERSECT DISTINCT', 'EXCEPT DISTINCT'])
}

/** The same query with its columns in another order, and with some missing where the operator allows it. */
function byName(maker: Maker, scope: Scope, first: Made): Made {
  const { random } = maker
  const names = first.columns.map(({ name }) => name.toLowerCase())
  if (names.includes('') || new Set(names).size < names.length) return first
  const second = random.chance(0.5) ? first : select(maker, scope)
  const alias = maker.alias()
  const shared = first.columns.filter(({ name, type }) => {
    return second.columns.some(other => other.name === name && typeText(other.type) === typeText(type))
  })
  if (shared.length === 0) return first
  const reordered = shared.map(({ name }) => `${quoted(alias)}.${quoted(name)}`).toReversed()
  const right = `(SELECT ${reordered.join(', ')} FROM (${second.text}) AS ${quoted(alias)})`
  const isWhole = shared.length === first.columns.length
  const strict = isWhole ? ['', 'FULL OUTER ', 'LEFT ', 'INNER '] : ['FULL OUTER ', 'LEFT OUTER ', 'INNER ']
  const outer = random.pick(strict)
  const columns = outer === 'INNER ' ? shared : first.columns
  return { text: `(${first.text}) ${outer}${operatorFor(maker, columns)} BY NAME ${right}`, columns, isOrdered: false }
}

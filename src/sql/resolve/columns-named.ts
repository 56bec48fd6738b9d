import type { Column } from './relation.ts'

/** Shorter lists are read through faster than they are put in order. */
const longList = 16

const indexes = new WeakMap<readonly Column[], ReadonlyMap<string, readonly Column[]>>()

/** The columns of a list that have a name, in their order. A long list is put in order once, however often it is asked. */
export function columnsNamed(columns: readonly Column[], wanted: string): readonly Column[] {
  const lower = wanted.toLowerCase()
  if (columns.length < longList) {
    return columns.filter(({ name }) => name === wanted || name?.toLowerCase() === lower)
  }
  const index = indexes.get(columns) ?? indexOf(columns)
  indexes.set(columns, index)
  return index.get(lower) ?? []
}

function indexOf(columns: readonly Column[]): ReadonlyMap<string, readonly Column[]> {
  const index = new Map<string, Column[]>()
  for (const column of columns) {
    if (column.name === undefined) continue
    const name = column.name.toLowerCase()
    const namesakes = index.get(name)
    if (namesakes === undefined) index.set(name, [column])
    else namesakes.push(column)
  }
  return index
}

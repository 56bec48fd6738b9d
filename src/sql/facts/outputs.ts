import type { OutputColumn } from '../../model/statement.ts'
import type { Column } from '../resolve/relation.ts'
import { settled } from '../resolve/rows.ts'
import { lastingReads } from '../resolve/temporary-table.ts'

/** The columns of the answer, under the names that BigQuery gives them. */
export function describeOutputs(columns: readonly Column[]): readonly OutputColumn[] {
  const shown = columns.filter(column => column.isPseudo !== true)
  const names = answerNames(shown)
  return shown.map((column, at) => {
    const { type, reads, origins } = settled(column)
    const output = { name: names[at] ?? '', lineage: [...lastingReads(reads).keys()] }
    const typed = type === undefined ? output : { ...output, type }
    return origins === undefined ? typed : { ...typed, origins: origins.map(({ scan, path }) => `${scan.id}.${path}`) }
  })
}

/** BigQuery numbers columns without a name, `f0_`, and those that come again: `id`, `id_1`, `id_2`. */
function answerNames(columns: readonly Column[]): readonly string[] {
  let anonymous = 0
  const taken = new Set<string>()
  // All lower numbers are taken behind these names.
  const numbers = new Map<string, number>()
  return columns.map(column => {
    const name = column.name ?? `f${anonymous++}_`
    const lower = name.toLowerCase()
    let number = numbers.get(lower) ?? 0
    while (taken.has(numbered(lower, number))) number++
    numbers.set(lower, number + 1)
    taken.add(numbered(lower, number))
    return numbered(name, number)
  })
}

function numbered(name: string, number: number): string {
  return number === 0 ? name : `${name}_${number}`
}

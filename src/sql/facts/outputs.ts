import type { OutputColumn } from '../../model/statement.ts'
import type { Column } from '../resolve/relation.ts'
import { settled } from '../resolve/rows.ts'

/** The columns of the answer. BigQuery numbers those without a name: `f0_`, `f1_`. */
export function describeOutputs(columns: readonly Column[]): readonly OutputColumn[] {
  let anonymous = 0
  return columns
    .filter(column => column.isPseudo !== true)
    .map(column => {
      const { name, type, reads, origins } = settled(column)
      const lineage = [...reads.keys()]
      return {
        name: name ?? `f${anonymous++}_`,
        lineage,
        ...(type === undefined ? {} : { type }),
        ...(origins === undefined ? {} : { origins: origins.map(({ scan, path }) => `${scan.id}.${path}`) }),
      }
    })
}

import type { OutputColumn } from '../../model/statement.ts'
import type { Part } from '../part.ts'

/** BigQuery's dry run of INSERT tells all the columns of its table, whichever of them are filled. */
export function dryRunOutputs([part]: readonly Part[], statementKind: string): readonly OutputColumn[] | undefined {
  if (statementKind !== 'INSERT') return undefined
  return part?.context.targets[0]?.scan.table.columns.map(({ name, type }) => ({ name, type, lineage: [] }))
}

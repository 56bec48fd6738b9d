import type { TableRef } from '../../model/table-ref.ts'

/** Ends a round of analysis: the catalog must be asked for this table first. */
export class MissingTable extends Error {
  override readonly name = 'MissingTable'
  readonly ref: TableRef

  constructor(ref: TableRef) {
    super('A table was not asked for.')
    this.ref = ref
  }
}

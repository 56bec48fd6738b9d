import { nothingWanted, type Wanted } from '../../model/catalog.ts'
import type { TableRef } from '../../model/table-ref.ts'

/** Ends a round of analysis: the catalog must be asked for this name first. */
export class MissingName extends Error {
  override readonly name = 'MissingName'
  readonly wanted: Wanted

  constructor(kind: keyof Wanted, ref: TableRef) {
    super('A name was not asked for.')
    this.wanted = { ...nothingWanted, [kind]: [ref] }
  }
}

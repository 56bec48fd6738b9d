import type { CatalogTable } from '../model/catalog.ts'
import type { StatementFacts } from '../model/statement.ts'
import { tableId } from '../model/table-ref.ts'

/** A look at one relation without SQL, as the policy sees it. */
export function catalogStatement(table: CatalogTable, text: string): StatementFacts {
  const { ref, kind, etag, labels } = table
  return {
    text,
    fingerprint: '',
    kind: 'METADATA',
    class: 'metadata',
    tables: [{ id: tableId(ref), ref, kind, access: ['metadata'], via: [], columns: [], etag, labels }],
    functions: [],
    features: [],
    outputs: [],
  }
}

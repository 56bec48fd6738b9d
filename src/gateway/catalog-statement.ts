import type { StatementFacts, TableAccess } from '../model/statement.ts'
import { tableId } from '../model/table-ref.ts'

/** What is looked at. */
export type Seen = Pick<TableAccess, 'ref' | 'kind' | 'etag' | 'labels'>

/** A look at one relation or routine without SQL, as the policy sees it. */
export function catalogStatement(seen: Seen, text: string): StatementFacts {
  const { ref, kind, etag, labels } = seen
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

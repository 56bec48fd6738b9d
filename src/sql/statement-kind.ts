import type { Script } from '../googlesql/ast/script.ts'
import type { StatementClass } from '../model/statement.ts'

/** BigQuery's name for what a text does, and its class. */
export function kindOfScript({ statements }: Script): { readonly kind: string; readonly class: StatementClass } {
  const [only, second] = statements
  if (second !== undefined || only === undefined) return { kind: 'SCRIPT', class: 'script' }
  return only.kind === 'QueryStatement' ? { kind: 'SELECT', class: 'read' } : { kind: only.kind, class: 'write' }
}

import type { StatementNode } from '../ast/statement.ts'
import type { PrintersOf } from './printer.ts'

export const statementPrinters: PrintersOf<StatementNode['kind']> = {
  QueryStatement: (n, p) => p.node(n.query),
}

import type { PrintersOf } from './printer.ts'

export const statementPrinters: PrintersOf<'QueryStatement' | 'Script'> = {
  QueryStatement: (n, p) => p.node(n.query),
  Script: (n, p) => p.list(n.statements, '; '),
}

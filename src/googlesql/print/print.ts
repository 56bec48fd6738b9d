import type { Expression } from '../ast/expression.ts'
import type { Node } from '../ast/node.ts'
import { callPrinters } from './calls.ts'
import { dmlPrinters } from './dml.ts'
import { expressionPrinters, levelOf } from './expressions.ts'
import { literalPrinters } from './literals.ts'
import { namePrinters } from './names.ts'
import { pipePrinters } from './pipes.ts'
import { predicatePrinters } from './predicates.ts'
import type { Printer } from './printer.ts'
import { queryPrinters } from './queries.ts'
import { statementPrinters } from './statements.ts'
import { tablePrinters } from './tables.ts'

const printers: Readonly<Record<string, (node: never, p: Printer) => string>> = {
  ...namePrinters,
  ...literalPrinters,
  ...expressionPrinters,
  ...predicatePrinters,
  ...callPrinters,
  ...queryPrinters,
  ...tablePrinters,
  ...pipePrinters,
  ...statementPrinters,
  ...dmlPrinters,
}

const printer: Printer = { node: print, list, optional, some, at }

/** The canonical text of a tree, on one line: names in backticks, keywords in capitals, literals in one form. */
export function print(node: Node): string {
  const printNode = printers[node.kind] as (node: Node, p: Printer) => string
  return printNode(node, printer)
}

function list(nodes: readonly Node[], separator = ', '): string {
  return nodes.map(print).join(separator)
}

function optional(before: string, node: Node | undefined, after = ''): string {
  return node === undefined ? '' : ` ${before}${print(node)}${after}`
}

function some(before: string, nodes: readonly Node[], after = ''): string {
  return nodes.length === 0 ? '' : ` ${before}${list(nodes)}${after}`
}

function at(needed: number, expression: Expression): string {
  const text = print(expression)
  return levelOf(expression) < needed ? `(${text})` : text
}

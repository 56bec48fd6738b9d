import type { Expression } from '../ast/expression.ts'
import type { Kind, Node } from '../ast/node.ts'
import { alterationPrinters } from './alterations.ts'
import { callPrinters } from './calls.ts'
import { definitionPrinters } from './definitions.ts'
import { dmlPrinters } from './dml.ts'
import { expressionPrinters, levelOf } from './expressions.ts'
import { foreignPrinters } from './foreign.ts'
import { literalPrinters } from './literals.ts'
import { movementPrinters } from './movements.ts'
import { namePrinters } from './names.ts'
import { pipePrinters } from './pipes.ts'
import { predicatePrinters } from './predicates.ts'
import type { Printer, PrintersOf } from './printer.ts'
import { propertyGraphPrinters } from './property-graphs.ts'
import { queryPrinters } from './queries.ts'
import { routinePrinters } from './routines.ts'
import { scriptPrinters } from './scripts.ts'
import { statementPrinters } from './statements.ts'
import { tableDefinitionPrinters } from './table-definitions.ts'
import { tablePrinters } from './tables.ts'

/** One printer for every kind of node; a kind without one does not compile. */
const printers: PrintersOf<Kind> = {
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
  ...tableDefinitionPrinters,
  ...definitionPrinters,
  ...propertyGraphPrinters,
  ...routinePrinters,
  ...alterationPrinters,
  ...scriptPrinters,
  ...movementPrinters,
  ...foreignPrinters,
}

const printer: Printer = { node: print, list, optional, some, at }

/** The canonical text of a tree, on one line: names in backticks, keywords in capitals, literals in one form. */
export function print(node: Node): string {
  const printNode = printers[node.kind] as (node: Node, p: Printer) => string
  return printNode(node, printer)
}

function list(nodes: readonly Node[], separator = ', '): string {
  let text = ''
  for (let index = 0; index < nodes.length; index++) {
    if (index > 0) text += separator
    text += print(nodes[index] as Node)
  }
  return text
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

import type { ChoiceUnnest, PredicateNode } from '../ast/predicate.ts'
import { hint } from './hints.ts'
import { level, type Printer, type PrintersOf } from './printer.ts'

const side = level.comparison + 1

export const predicatePrinters: PrintersOf<PredicateNode['kind']> = {
  Comparison: (n, p) => `${p.at(side, n.left)} ${n.operator} ${p.at(side, n.right)}`,
  IsDistinctFrom: (n, p) => `${p.at(side, n.left)} IS ${negation(n)}DISTINCT FROM ${p.at(side, n.right)}`,
  Is: (n, p) => `${p.at(side, n.operand)} IS ${negation(n)}${n.test}`,
  Between: (n, p) => `${p.at(side, n.operand)} ${negation(n)}BETWEEN ${p.at(side, n.low)} AND ${p.at(side, n.high)}`,
  Like: (n, p) => `${p.at(side, n.operand)} ${negation(n)}LIKE ${p.at(side, n.pattern)}`,
  In: (n, p) => `${p.at(side, n.operand)} ${negation(n)}IN${hint(n, p)} ${p.node(n.choices)}`,
  Quantified: (n, p) => `${p.at(side, n.operand)} ${n.operator} ${n.quantifier}${hint(n, p)} ${p.node(n.choices)}`,
  ChoiceList: (n, p) => `(${p.list(n.items)})`,
  ChoiceQuery: (n, p) => `(${p.node(n.query)})`,
  ChoiceUnnest: (n, p) => `UNNEST(${p.list([n.array, ...(n.more ?? [])])}${mode(n, p)})`,
}

function mode({ mode: given }: ChoiceUnnest, p: Printer): string {
  return given === undefined ? '' : `, mode => ${p.node(given)}`
}

function negation({ negated }: { readonly negated: boolean }): string {
  return negated ? 'NOT ' : ''
}

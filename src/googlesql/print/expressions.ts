import type { Binary, BinaryOperator, Expression, ExpressionNode, PathExpression } from '../ast/expression.ts'
import { bareWords } from './bare-words.ts'
import { hint } from './hints.ts'
import { level, type Printer, type PrintersOf } from './printer.ts'
import { quoted, quotedPath, word } from './words.ts'

export const expressionPrinters: PrintersOf<ExpressionNode['kind']> = {
  PathExpression: n => (isBareWord(n) ? n.parts[0].text : quotedPath(n)),
  FieldAccess: (n, p) => `${attachable(n.target, p)}.${quoted(n.field)}`,
  ElementAccess: (n, p) => {
    const target = n.target.kind === 'PathExpression' ? p.node(n.target) : attachable(n.target, p)
    const index = p.node(n.index)
    if (n.accessor !== undefined) return `${target}[${n.accessor}(${index})]`
    return readsAsAccessor(index) ? `${target}[(${index})]` : `${target}[${index}]`
  },
  Cast: (n, p) => {
    const format = `${p.optional('FORMAT ', n.format)}${p.optional('AT TIME ZONE ', n.timeZone)}`
    return `${n.safe ? 'SAFE_CAST' : 'CAST'}(${p.node(n.value)} AS ${p.node(n.type)}${format})`
  },
  ExtractPart: (n, p) => `EXTRACT(${p.node(n.part)} FROM ${p.node(n.from)}${p.optional('AT TIME ZONE ', n.timeZone)})`,
  Interval: (n, p) => {
    const to = n.to === undefined ? '' : ` TO ${word(n.to)}`
    return `INTERVAL ${p.at(level.primary, n.value)} ${word(n.from)}${to}`
  },
  ArrayConstructor: (n, p) => `${n.type === undefined ? '' : p.node(n.type)}[${p.list(n.elements)}]`,
  StructConstructor: (n, p) => `${n.type === undefined ? 'STRUCT' : p.node(n.type)}(${p.list(n.fields)})`,
  StructField: (n, p) => `${p.node(n.value)}${p.optional('AS ', n.alias)}`,
  Tuple: (n, p) => `(${p.list(n.elements)})`,
  ScalarSubquery: (n, p) => `(${p.node(n.query)})`,
  ArraySubquery: (n, p) => `ARRAY(${p.node(n.query)})`,
  Exists: (n, p) => `EXISTS${hint(n, p)}(${p.node(n.query)})`,
  Unary: (n, p) => {
    const operand = p.at(level.unary, n.operand)
    // Two minus signs that touch would begin a comment.
    return /^[-+]/.test(operand) ? `${n.operator} ${operand}` : `${n.operator}${operand}`
  },
  Not: (n, p) => `NOT ${p.at(level.not, n.operand)}`,
  And: (n, p) => n.operands.map(operand => p.at(level.not, operand)).join(' AND '),
  Or: (n, p) => n.operands.map(operand => p.at(level.and, operand)).join(' OR '),
  Binary: (n, p) => `${p.at(levelOfChain(n) + 1, n.first)}${p.list(n.steps, '')}`,
  BinaryStep: (n, p) => ` ${n.operator} ${p.at(levels[n.operator] + 1, n.operand)}`,
  Case: (n, p) => `CASE${p.optional('', n.operand)} ${p.list(n.branches, ' ')}${p.optional('ELSE ', n.otherwise)} END`,
  CaseBranch: (n, p) => `WHEN ${p.node(n.when)} THEN ${p.node(n.result)}`,
  WithExpression: (n, p) => `WITH(${p.list(n.bindings)}, ${p.node(n.result)})`,
  WithBinding: (n, p) => `${quoted(n.name)} AS ${p.node(n.value)}`,
  DefaultValue: () => 'DEFAULT',
}

const levels: Readonly<Record<BinaryOperator, number>> = {
  '|': level.bitOr,
  '^': level.bitXor,
  '&': level.bitAnd,
  '<<': level.shift,
  '>>': level.shift,
  '+': level.sum,
  '-': level.sum,
  '||': level.concat,
  '*': level.product,
  '/': level.product,
}

function levelOfChain({ steps }: Binary): number {
  return steps[0] === undefined ? level.primary : levels[steps[0].operator]
}

/** How deep the outermost operator of an expression binds. */
export function levelOf(expression: Expression): number {
  switch (expression.kind) {
    case 'Or':
      return level.or
    case 'And':
      return level.and
    case 'Not':
      return level.not
    case 'Comparison':
    case 'IsDistinctFrom':
    case 'Is':
    case 'Between':
    case 'Like':
    case 'In':
    case 'Quantified':
      return level.comparison
    case 'Binary':
      return levelOfChain(expression)
    case 'Unary':
      return level.unary
    default:
      return level.primary
  }
}

/** An expression behind which a dot or a bracket belongs to it, and to it as a whole. */
export function attachable(target: Expression, p: Printer): string {
  const text = p.node(target)
  switch (target.kind) {
    case 'FunctionCall':
      return target.over === undefined && target.groupRows === undefined ? text : `(${text})`
    case 'FieldAccess':
    case 'ElementAccess':
    case 'Cast':
    case 'ExtractPart':
    case 'ArrayConstructor':
    case 'StructConstructor':
    case 'Tuple':
    case 'ScalarSubquery':
    case 'ArraySubquery':
    case 'NamedParameter':
    case 'WithExpression':
    case 'ExtensionAccess':
      return text
    default:
      return `(${text})`
  }
}

/** A call of a function that is called like an accessor is in parentheses. */
function readsAsAccessor(index: string): boolean {
  return /^(SAFE_)?(OFFSET|ORDINAL|KEY)\(/i.test(index)
}

/** Date parts and their like are words of the language where a function takes them, and columns elsewhere. */
function isBareWord({ parts }: PathExpression): boolean {
  const [first, second] = parts
  return second === undefined && !first.quoted && bareWords.has(first.text.toUpperCase())
}

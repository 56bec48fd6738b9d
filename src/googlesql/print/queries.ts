import type { QueryNode, Select, SetOperator } from '../ast/query.ts'
import { attachable } from './expressions.ts'
import { hint, orderBy } from './hints.ts'
import { level, type Printer, type PrintersOf } from './printer.ts'
import { quoted, word } from './words.ts'

export const queryPrinters: PrintersOf<QueryNode['kind']> = {
  Query: (n, p) => {
    const pipes = n.pipes.map(pipe => ` |> ${p.node(pipe)}`).join('')
    const lock = n.lock === undefined ? '' : ` ${n.lock}`
    const withClause = n.with === undefined ? '' : `${p.node(n.with)} `
    return `${withClause}${p.node(n.body)}${orderBy(n, p)}${p.optional('', n.limit)}${lock}${pipes}`
  },
  NestedQuery: (n, p) => `(${p.node(n.query)})${p.optional('AS ', n.alias)}`,
  FromQuery: (n, p) => `FROM ${p.node(n.from)}`,
  WithClause: (n, p) => `WITH ${n.recursive ? 'RECURSIVE ' : ''}${p.list(n.entries)}`,
  CommonTable: (n, p) => `${quoted(n.name)} AS (${p.node(n.query)})${p.optional('', n.depth)}`,
  RecursionDepth: (n, p) => {
    const isBounded = n.low !== undefined || n.high !== undefined
    const bound = (value: typeof n.low) => (value === undefined ? 'UNBOUNDED' : p.at(level.not, value))
    const range = isBounded ? ` BETWEEN ${bound(n.low)} AND ${bound(n.high)}` : ''
    return `WITH DEPTH${p.optional('AS ', n.alias)}${range}`
  },
  Limit: (n, p) => `LIMIT ${p.node(n.count)}${p.optional('OFFSET ', n.offset)}`,
  SetOperation: (n, p) => `${p.node(n.first)} ${p.list(n.steps, ' ')}`,
  SetStep: (n, p) => `${p.node(n.operator)} ${p.node(n.input)}`,
  SetOperator: (n, p) =>
    `${n.outer === undefined ? '' : `${n.outer} `}${n.type}${hint(n, p)} ${n.rows}${matching(n, p)}`,
  Select: (n, p) => `${selectHead(n, p)}${selectTail(n, p)}`,
  SelectModifier: (n, p) => `WITH ${word(n.name)}${p.optional('OPTIONS', n.options)}`,
  ExpressionItem: (n, p) => `${p.node(n.value)}${p.optional('AS ', n.alias)}`,
  StarItem: (n, p) => {
    const except = n.except.length > 0 ? ` EXCEPT (${p.list(n.except)})` : ''
    const replace = n.replace.length > 0 ? ` REPLACE (${p.list(n.replace)})` : ''
    return `${starTarget(n.target, p)}*${except}${replace}`
  },
  NamedWindow: (n, p) => `${quoted(n.name)} AS ${p.node(n.window)}`,
}

function starTarget(target: import('../ast/expression.ts').Expression | undefined, p: Printer): string {
  if (target === undefined) return ''
  return `${target.kind === 'PathExpression' ? p.node(target) : attachable(target, p)}.`
}

function matching(n: SetOperator, p: Printer): string {
  const strict = n.strict ? ' STRICT' : ''
  if (n.match === undefined) return strict
  const before = n.match === 'CORRESPONDING' ? 'BY' : 'ON'
  return `${strict} ${n.match}${n.columns.length > 0 ? ` ${before} (${p.list(n.columns)})` : ''}`
}

function selectHead(n: Select, p: Printer): string {
  const as = n.as === undefined ? '' : ` AS ${typeof n.as === 'string' ? n.as : p.node(n.as)}`
  return `SELECT${hint(n, p)}${p.optional('', n.privacy)}${n.distinct ? ' DISTINCT' : ''}${as} ${p.list(n.items)}`
}

function selectTail(n: Select, p: Printer): string {
  const rows = `${p.optional('FROM ', n.from)}${p.optional('WHERE ', n.where)}${p.optional('', n.groupBy)}`
  return `${rows}${p.optional('HAVING ', n.having)}${p.optional('QUALIFY ', n.qualify)}${p.some('WINDOW ', n.windows)}`
}

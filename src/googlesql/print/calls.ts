import type { CallNode, FunctionCall } from '../ast/call.ts'
import type { GroupingNode } from '../ast/grouping.ts'
import { attachable } from './expressions.ts'
import { hint, orderBy, partitionBy } from './hints.ts'
import { level, type Printer, type PrintersOf } from './printer.ts'
import { quoted, quotedPath, word, wordAfterDot, wordPath } from './words.ts'

export const callPrinters: PrintersOf<CallNode['kind'] | GroupingNode['kind']> = {
  FunctionCall: (n, p) => {
    const rows = n.groupRows === undefined ? '' : ` WITH GROUP ROWS (${p.node(n.groupRows)})`
    return `${callee(n, p)}(${inside(n, p)})${hint(n, p)}${rows}${p.optional('OVER ', n.over)}`
  },
  DatePart: n => `${word(n.name)}${n.weekday === undefined ? '' : `(${word(n.weekday)})`}`,
  StarArgument: () => '*',
  NamedArgument: (n, p) => `${word(n.name)} => ${p.node(n.value)}`,
  AliasedArgument: (n, p) => `${p.node(n.value)} AS ${quoted(n.alias)}`,
  Lambda: (n, p) => `(${p.list(n.patterns ?? n.parameters)}) -> ${p.node(n.body)}`,
  TableArgument: n => `TABLE ${quotedPath(n.path)}`,
  ModelArgument: n => `MODEL ${quotedPath(n.path)}`,
  ConnectionArgument: n => `CONNECTION ${n.path === undefined ? 'DEFAULT' : quotedPath(n.path)}`,
  DescriptorArgument: (n, p) => `DESCRIPTOR(${p.list(n.columns)})`,
  HavingExtreme: (n, p) => `HAVING ${n.extreme} ${p.node(n.value)}`,
  Clamp: (n, p) => `CLAMPED BETWEEN ${p.at(level.not, n.low)} AND ${p.node(n.high)}`,
  Report: (n, p) => `WITH REPORT${p.optional('', n.options)}`,
  Window: (n, p) => {
    const isName = n.partitionBy.length === 0 && n.orderBy.length === 0 && n.frame === undefined
    if (n.base !== undefined && isName) return quoted(n.base)
    const parts = [p.optional('', n.base), partitionBy(n, p), orderBy(n, p)]
    return `(${[...parts, p.optional('', n.frame)].join('').trimStart()})`
  },
  Frame: (n, p) =>
    n.end === undefined ? `${n.unit} ${p.node(n.start)}` : `${n.unit} BETWEEN ${p.node(n.start)} AND ${p.node(n.end)}`,
  FrameBound: (n, p) => {
    if (n.side === 'CURRENT ROW') return n.side
    return `${n.distance === undefined ? 'UNBOUNDED' : p.at(level.not, n.distance)} ${n.side}`
  },

  OrderItem: (n, p) => `${p.node(n.value)}${p.optional('COLLATE ', n.collate)}${direction(n)}`,
  GroupBy: (n, p) => `GROUP${hint(n, p)} ${n.ordered ? 'AND ORDER ' : ''}BY ${n.all ? 'ALL' : p.list(n.items)}`,
  GroupingKey: (n, p) => `${p.node(n.value)}${p.optional('AS ', n.alias)}${direction(n)}`,
  GroupingSet: (n, p) => `${n.operator} (${p.list(n.items)})`,
  EmptyGrouping: () => '()',
}

type Directed = { readonly direction: string | undefined; readonly nulls: string | undefined }

export function direction({ direction: order, nulls }: Directed): string {
  return `${order === undefined ? '' : ` ${order}`}${nulls === undefined ? '' : ` NULLS ${nulls}`}`
}

function callee({ target, name, safe }: FunctionCall, p: Printer): string {
  const path = `${safe ? 'SAFE.' : ''}${wordPath(name)}`
  if (target === undefined) return path
  const isPlain = !safe && name.parts.length === 1
  return `${attachable(target, p)}.${isPlain ? wordAfterDot(name.parts[0]) : `(${path})`}`
}

function inside(n: FunctionCall, p: Printer): string {
  const args = `${n.distinct ? 'DISTINCT ' : ''}${p.list(n.args)}${n.nulls === undefined ? '' : ` ${n.nulls} NULLS`}`
  const rows = `${p.optional('WHERE ', n.where)}${p.optional('', n.having)}`
  const groups = `${p.optional('', n.groupBy)}${p.optional('HAVING ', n.groupHaving)}`
  const privacy = `${p.optional('', n.clamp)}${p.optional('', n.report)}`
  return `${args}${rows}${groups}${privacy}${orderBy(n, p)}${p.optional('', n.limit)}`
}

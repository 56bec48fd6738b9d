import type { Expression } from '../ast/expression.ts'
import type { Join, TableNode } from '../ast/table.ts'
import { hint, orderBy } from './hints.ts'
import { level, type Printer, type PrintersOf } from './printer.ts'
import { quoted, quotedPath, word, wordPath } from './words.ts'

export const tablePrinters: PrintersOf<TableNode['kind']> = {
  TableReference: (n, p) => {
    const time = p.optional('FOR SYSTEM_TIME AS OF ', n.systemTime)
    return `${quotedPath(n.path)}${hint(n, p)}${p.optional('AS ', n.alias)}${p.optional('', n.offset)}${time}${behind(n.postfix, p)}`
  },
  UnnestReference: (n, p) => {
    const mode = n.mode === undefined ? '' : `, mode => ${p.node(n.mode)}`
    const names = `${p.optional('AS ', n.alias)}${p.optional('', n.offset)}`
    return `UNNEST(${p.list(n.arrays)}${mode})${hint(n, p)}${names}${behind(n.postfix, p)}`
  },
  UnnestArray: (n, p) => `${p.node(n.value)}${p.optional('AS ', n.alias)}`,
  WithOffset: (n, p) => `WITH OFFSET${p.optional('AS ', n.alias)}`,
  SubqueryReference: (n, p) => `${lateral(n)}(${p.node(n.query)})${p.optional('AS ', n.alias)}${behind(n.postfix, p)}`,
  TableFunction: (n, p) =>
    `${lateral(n)}${wordPath(n.name)}(${p.list(n.args)})${hint(n, p)}${p.optional('AS ', n.alias)}${behind(n.postfix, p)}`,
  ParenthesizedJoin: (n, p) => `(${p.node(n.join)})${behind(n.postfix, p)}`,
  JoinChain: (n, p) => `${p.node(n.first)}${p.list(n.joins, '')}`,
  Join: (n, p) => `${joinOperator(n, p)}${p.node(n.right)}${condition(n, p)}`,

  Pivot: (n, p) =>
    `PIVOT(${p.list(n.aggregates)} FOR ${p.at(level.bitOr, n.for)} IN (${p.list(n.values)}))${p.optional('AS ', n.alias)}`,
  PivotItem: (n, p) => `${p.node(n.value)}${p.optional('AS ', n.alias)}`,
  Unpivot: (n, p) => {
    const nulls = n.nulls === undefined ? '' : ` ${n.nulls} NULLS`
    const values = n.values.length === 1 ? p.list(n.values) : `(${p.list(n.values)})`
    return `UNPIVOT${nulls}(${values} FOR ${quoted(n.name)} IN (${p.list(n.groups)}))${p.optional('AS ', n.alias)}`
  },
  UnpivotGroup: (n, p) => {
    const columns = n.columns.length === 1 ? p.list(n.columns) : `(${p.list(n.columns)})`
    return `${columns}${p.optional('AS ', n.label)}`
  },
  TableSample: (n, p) => {
    const size = `${p.at(level.primary, n.size)} ${n.unit}${p.some('PARTITION BY ', n.partitionBy)}`
    return `TABLESAMPLE ${word(n.method)} (${size})${p.optional('', n.weight)}${p.optional('REPEATABLE (', n.repeatable, ')')}`
  },
  SampleWeight: (n, p) => `WITH WEIGHT${p.optional('AS ', n.alias)}`,
  MatchRecognize: (n, p) => {
    const rows = `${p.some('PARTITION BY ', n.partitionBy)}${orderBy(n, p)}`
    const skip = n.skip === undefined ? '' : ` AFTER MATCH SKIP ${n.skip}`
    const pattern = ` PATTERN (${p.node(n.pattern)}) DEFINE ${p.list(n.definitions)}`
    const inside = `${rows} MEASURES ${p.list(n.measures)}${skip}${pattern}${p.optional('OPTIONS', n.options)}`
    return `MATCH_RECOGNIZE(${inside.trimStart()})${p.optional('AS ', n.alias)}`
  },
  Measure: (n, p) => `${p.node(n.value)} AS ${quoted(n.alias)}`,
  PatternDefinition: (n, p) => `${quoted(n.name)} AS ${p.node(n.condition)}`,
  PatternName: n => quoted(n.name),
  PatternAnchor: n => n.anchor,
  PatternSequence: (n, p) =>
    n.items
      .map(item =>
        item.kind === 'PatternChoice' || item.kind === 'PatternSequence' ? `(${p.node(item)})` : p.node(item),
      )
      .join(' '),
  PatternChoice: (n, p) =>
    n.items.map(item => (item.kind === 'PatternChoice' ? `(${p.node(item)})` : p.node(item))).join(' | '),
  PatternRepeat: (n, p) => {
    const item = n.item.kind === 'PatternName' ? p.node(n.item) : `(${p.node(n.item)})`
    return `${item}${repeat(n, p)}${n.reluctant ? '?' : ''}`
  },
}

function behind(operators: readonly import('../ast/table.ts').PostfixOperator[], p: Printer): string {
  return operators.map(operator => ` ${p.node(operator)}`).join('')
}

function lateral(n: { readonly lateral: boolean }): string {
  return n.lateral ? 'LATERAL ' : ''
}

function joinOperator(n: Join, p: Printer): string {
  if (n.type === 'COMMA') return ', '
  const method = n.method === undefined ? '' : `${n.method} `
  return ` ${n.natural ? 'NATURAL ' : ''}${n.type} ${method}JOIN${hint(n, p)} `
}

function condition({ on, using }: Join, p: Printer): string {
  return `${p.optional('ON ', on)}${p.some('USING (', using, ')')}`
}

type Repeat = { readonly symbol: string; readonly min: Expression | undefined; readonly max: Expression | undefined }

function repeat({ symbol, min, max }: Repeat, p: Printer): string {
  if (symbol !== '{}') return symbol
  return `{${p.optional('', min).trim()},${p.optional('', max).trim()}}`
}

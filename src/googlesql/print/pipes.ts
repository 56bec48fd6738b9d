import type { PipeNode } from '../ast/pipe.ts'
import { direction } from './calls.ts'
import { insertEnding, insertHead } from './dml.ts'
import { hint } from './hints.ts'
import type { PrintersOf } from './printer.ts'
import { destination } from './storage.ts'
import { quoted } from './words.ts'

export const pipePrinters: PrintersOf<PipeNode['kind']> = {
  PipeWhere: (n, p) => `WHERE ${p.node(n.condition)}`,
  PipeSelect: (n, p) => p.node(n.select),
  PipeExtend: (n, p) => `EXTEND ${p.list(n.items)}${p.some('WINDOW ', n.windows)}`,
  PipeSet: (n, p) => `SET ${p.list(n.items)}`,
  PipeAssignment: (n, p) => `${quoted(n.column)} = ${p.node(n.value)}`,
  PipeDrop: (n, p) => `DROP ${p.list(n.columns)}`,
  PipeRename: (n, p) => `RENAME ${p.list(n.items)}`,
  PipeRenaming: n => `${quoted(n.from)} AS ${quoted(n.to)}`,
  PipeAs: n => `AS ${quoted(n.alias)}`,
  PipeLimit: (n, p) => p.node(n.limit),
  PipeOrderBy: (n, p) => `ORDER${hint(n, p)} BY ${p.list(n.items)}`,
  PipeAggregate: (n, p) => `AGGREGATE${p.optional('', n.privacy)}${p.some('', n.items)}${p.optional('', n.groupBy)}`,
  PipeAggregateItem: (n, p) => `${p.node(n.item)}${direction(n)}`,
  PipeDistinct: () => 'DISTINCT',
  PipeSetOperation: (n, p) => `${p.node(n.operator)} ${n.inputs.map(input => `(${p.node(input)})`).join(', ')}`,
  PipeRecursiveUnion: (n, p) => {
    const term = `(${p.node(n.term)})`
    return `RECURSIVE ${p.node(n.operator)}${p.optional('', n.depth)} ${term}${p.optional('AS ', n.alias)}`
  },
  Subpipeline: (n, p) => n.operators.map(operator => `|> ${p.node(operator)}`).join(' '),
  PipeJoin: (n, p) => p.node(n.join).trimStart(),
  PipeCall: (n, p) => `CALL ${p.node(n.call)}`,
  PipeWindow: (n, p) => `WINDOW ${p.list(n.items)}`,
  PipeWith: (n, p) => p.node(n.with),
  PipeAssert: (n, p) => `ASSERT ${p.list([n.condition, ...n.payload])}`,
  PipeTableSample: (n, p) => p.node(n.sample),
  PipePivot: (n, p) => p.node(n.pivot),
  PipeUnpivot: (n, p) => p.node(n.unpivot),
  PipeMatchRecognize: (n, p) => p.node(n.match),
  PipeFork: (n, p) => `${n.word}${hint(n, p)}${n.branches.map(branch => ` (${p.node(branch)})`).join(',')}`,
  PipeIf: (n, p) => {
    const cases = n.cases.map(branch => p.node(branch)).join(' ELSEIF ')
    return `IF${hint(n, p)} ${cases}${n.otherwise === undefined ? '' : ` ELSE (${p.node(n.otherwise)})`}`
  },
  PipeIfCase: (n, p) => `${p.node(n.condition)} THEN (${p.node(n.branch)})`,
  PipeDescribe: n => n.word,
  PipeCreateTable: (n, p) => p.node(n.definition),
  PipeInsert: (n, p) => `${insertHead(n, p)}${insertEnding(n, p)}`,
  PipeExportData: (n, p) => `EXPORT DATA${destination(n, p)}`,
}

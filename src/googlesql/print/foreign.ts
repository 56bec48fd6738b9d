import type { ForeignNode } from '../ast/foreign.ts'
import { attachable } from './expressions.ts'
import type { PrintersOf } from './printer.ts'
import { quoted, quotedPath, word } from './words.ts'

export const foreignPrinters: PrintersOf<ForeignNode['kind']> = {
  Hint: (n, p) => {
    const shards = n.shards === undefined ? '' : `@${p.node(n.shards)}`
    const entries = n.entries.length === 0 ? '' : `@{${p.list(n.entries)}}`
    return shards === '' || entries === '' ? `${shards}${entries}` : `${shards} ${entries}`
  },
  HintEntry: (n, p) => `${n.engine === undefined ? '' : `${quoted(n.engine)}.`}${word(n.name)} = ${p.node(n.value)}`,
  HintedStatement: (n, p) => `${p.node(n.hint)} ${p.node(n.statement)}`,
  NewConstructor: (n, p) => `NEW ${p.node(n.type)}(${p.list(n.args)})`,
  NewArgument: (n, p) => `${p.node(n.value)}${p.optional('AS ', n.alias)}${p.optional('AS (', n.extension, ')')}`,
  BracedConstructor: (n, p) => {
    const type = n.type === undefined ? '' : `${p.node(n.type)} `
    return `${n.of === 'NEW' ? 'NEW ' : n.of === 'STRUCT' && n.type === undefined ? 'STRUCT ' : ''}${type}{${p.list(n.fields)}}`
  },
  BracedField: (n, p) => `${p.node(n.field)}${n.update ?? ''}: ${p.node(n.value)}`,
  ExtensionAccess: (n, p) => {
    const path = `(${quotedPath(n.path)})`
    if (n.target === undefined) return path
    return `${n.target.kind === 'PathExpression' ? p.node(n.target) : attachable(n.target, p)}.${path}`
  },
  TableCallArgument: (n, p) => `TABLE ${p.node(n.call)}`,
  InputTableArgument: () => 'INPUT TABLE',
  ReplacedField: (n, p) => `${p.node(n.value)} AS ${p.node(n.field)}`,
  OnConflict: (n, p) => {
    const target = `${p.some('(', n.columns, ')')}${p.optional('ON UNIQUE CONSTRAINT ', n.constraint)}`
    const action = n.items.length === 0 ? 'NOTHING' : `UPDATE SET ${p.list(n.items)}`
    return `ON CONFLICT${target} DO ${action}${p.optional('WHERE ', n.where)}`
  },
  MapType: (n, p) => `MAP<${p.node(n.key)}, ${p.node(n.value)}>`,
  FunctionType: (n, p) => `FUNCTION<(${p.list(n.parameters)}) -> ${p.node(n.returns)}>`,
}

import type { NameNode } from '../ast/name.ts'
import type { TypeNode } from '../ast/type.ts'
import type { PrintersOf } from './printer.ts'
import { quoted, quotedPath, word, wordPath } from './words.ts'

export const namePrinters: PrintersOf<NameNode['kind'] | TypeNode['kind']> = {
  Identifier: quoted,
  Path: quotedPath,
  Options: (n, p) => `(${p.list(n.entries)})`,
  OptionEntry: (n, p) => `${word(n.name)} ${n.operator} ${p.node(n.value)}`,

  NamedType: (n, p) => {
    const parameters = n.parameters.length > 0 ? `(${p.list(n.parameters)})` : ''
    return `${wordPath(n.name)}${parameters}${p.optional('COLLATE ', n.collate)}`
  },
  TypeParameter: n => n.text,
  ArrayType: (n, p) => `ARRAY<${p.node(n.element)}>`,
  RangeType: (n, p) => `RANGE<${p.node(n.element)}>`,
  StructType: (n, p) => `STRUCT<${p.list(n.fields)}>`,
  StructTypeField: (n, p) => (n.name === undefined ? p.node(n.type) : `${quoted(n.name)} ${p.node(n.type)}`),
}

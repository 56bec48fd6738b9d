import type { LiteralNode } from '../ast/literal.ts'
import { synthetic } from '../ast/span.ts'
import type { PrintersOf } from './printer.ts'
import { bytesText, quoted, stringText, wordAfterDot } from './words.ts'

export const literalPrinters: PrintersOf<LiteralNode['kind']> = {
  NullLiteral: () => 'NULL',
  BooleanLiteral: n => (n.value ? 'TRUE' : 'FALSE'),
  IntegerLiteral: n => n.text,
  FloatLiteral: n => n.text,
  StringLiteral: n => stringText(n.value),
  BytesLiteral: n => bytesText(n.value),
  TypedLiteral: n => `${n.type} ${stringText(n.value)}`,
  RangeLiteral: (n, p) => `${p.node(n.type)} ${stringText(n.value)}`,
  NamedParameter: n => `@${parameterName(n.name)}`,
  PositionalParameter: () => '?',
  SystemVariable: n => `@@${n.parts.map(wordAfterDot).join('.')}`,
}

/** Behind `@` every word is a name. */
function parameterName(name: string): string {
  return /^[A-Za-z_][A-Za-z0-9_]*$/.test(name)
    ? name
    : quoted({ kind: 'Identifier', text: name, quoted: true, at: synthetic })
}

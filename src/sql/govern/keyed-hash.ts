import type { Expression } from '../../googlesql/ast/expression.ts'
import { synthetic as at } from '../../googlesql/ast/span.ts'
import type { ScalarType } from '../../model/column-type.ts'
import type { MaskKey } from '../../model/governed.ts'
import type { QueryParameter } from '../../model/parameter.ts'
import { call, cast } from './build.ts'

const inner = '_sl_key_inner'
const outer = '_sl_key_outer'

/** HMAC-SHA256 of a text or of bytes, in hex: RFC 2104 written out, with the key in parameters and not in the text. */
export function keyedHash(value: Expression, type: ScalarType): Expression | undefined {
  if (type !== 'STRING' && type !== 'BYTES') return undefined
  const bytes = type === 'BYTES' ? value : cast(value, { kind: 'scalar', name: 'BYTES' })
  const digest = call(
    'SHA256',
    call('CONCAT', parameter(outer), call('SHA256', call('CONCAT', parameter(inner), bytes))),
  )
  return type === 'BYTES' ? digest : call('TO_HEX', digest)
}

function parameter(name: string): Expression {
  return { kind: 'NamedParameter', name, at }
}

export function isKeyParameter(name: string): boolean {
  return name === inner || name === outer
}

export function keyParameters({ innerPad, outerPad }: MaskKey): readonly QueryParameter[] {
  const type = { kind: 'scalar', name: 'BYTES' } as const
  return [
    { name: inner, type, value: innerPad, isSecret: true },
    { name: outer, type, value: outerPad, isSecret: true },
  ]
}

import type { StructField } from '../../googlesql/ast/expression.ts'
import type { Rules } from '../../googlesql/rewrite.ts'
import { impliedName } from '../resolve/expression.ts'
import { call, identifier, string } from './build.ts'

const ascii = /^[\x20-\x7e]*$/

/** Rules for the forms that every server reads alike: fields of structs by name, bytes beyond ASCII in hex digits. */
export const plainForms: Rules = {
  StructConstructor: node => (node.type === undefined ? { ...node, fields: node.fields.map(named) } : node),
  BytesLiteral: node => (ascii.test(node.value) ? node : call('FROM_HEX', string(hexOf(node.value)))),
}

function named(field: StructField): StructField {
  const name = field.alias === undefined ? impliedName(field.value) : undefined
  return name === undefined ? field : { ...field, alias: identifier(name) }
}

function hexOf(latin1: string): string {
  return Array.from(latin1, character => character.charCodeAt(0).toString(16).padStart(2, '0')).join('')
}

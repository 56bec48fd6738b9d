import type { Node } from '../../googlesql/ast/node.ts'
import { rewrite } from '../../googlesql/rewrite.ts'
import { impliedName } from '../resolve/expression.ts'
import { call, identifier, string } from './build.ts'

const ascii = /^[\x20-\x7e]*$/

/** The same tree in the forms that every server reads alike: fields of structs by name, bytes beyond ASCII in hex digits. */
export function inPlainForms<N extends Node>(tree: N): N {
  return rewrite(tree, {
    StructConstructor: node => {
      if (node.type !== undefined) return node
      const fields = node.fields.map(field => {
        const name = field.alias === undefined ? impliedName(field.value) : undefined
        return name === undefined ? field : { ...field, alias: identifier(name) }
      })
      return { ...node, fields }
    },
    BytesLiteral: node => (ascii.test(node.value) ? node : call('FROM_HEX', string(hexOf(node.value)))),
  })
}

function hexOf(latin1: string): string {
  return Array.from(latin1, character => character.charCodeAt(0).toString(16).padStart(2, '0')).join('')
}

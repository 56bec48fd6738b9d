import type { Identifier } from '../ast/name.ts'
import type { ScriptNode } from '../ast/script.ts'
import type { Statement } from '../ast/statement.ts'
import type { Printer, PrintersOf } from './printer.ts'
import { quoted } from './words.ts'

export const scriptPrinters: PrintersOf<ScriptNode['kind']> = {
  Script: (n, p) => p.list(n.statements, '; '),
  Declare: (n, p) => `DECLARE ${p.list(n.names)}${p.optional('', n.type)}${p.optional('DEFAULT ', n.default)}`,
  SetVariable: (n, p) => {
    const targets = p.list(n.targets)
    return `SET ${n.tuple ? `(${targets})` : targets} = ${p.node(n.value)}`
  },
  Block: (n, p) => `${label(n)}BEGIN ${body(n, p)}${p.optional('', n.handler).trimStart()}END`,
  ExceptionHandler: (n, p) => `EXCEPTION WHEN ERROR THEN ${body(n, p)}`,
  If: (n, p) => {
    const branches = n.branches.map((branch, index) => `${index === 0 ? 'IF' : 'ELSEIF'} ${p.node(branch)}`)
    return `${branches.join('')}${orElse(n.otherwise, p)}END IF`
  },
  CaseStatement: (n, p) => {
    const branches = n.branches.map(branch => `WHEN ${p.node(branch)}`)
    return `CASE${p.optional('', n.operand)} ${branches.join('')}${orElse(n.otherwise, p)}END CASE`
  },
  ScriptBranch: (n, p) => `${p.node(n.when)} THEN ${body(n, p)}`,
  StatementList: body,
  Loop: (n, p) => `${label(n)}LOOP ${body(n, p)}END LOOP`,
  While: (n, p) => `${label(n)}WHILE ${p.node(n.condition)} DO ${body(n, p)}END WHILE`,
  Repeat: (n, p) => `${label(n)}REPEAT ${body(n, p)}UNTIL ${p.node(n.until)} END REPEAT`,
  ForIn: (n, p) => `${label(n)}FOR ${quoted(n.variable)} IN (${p.node(n.query)}) DO ${body(n, p)}END FOR`,
  Break: (n, p) => `BREAK${p.optional('', n.label)}`,
  Continue: (n, p) => `CONTINUE${p.optional('', n.label)}`,
  Return: () => 'RETURN',
  Raise: (n, p) => `RAISE${p.optional('USING MESSAGE = ', n.message)}`,
}

function label(node: { readonly label: Identifier | undefined }): string {
  return node.label === undefined ? '' : `${quoted(node.label)}: `
}

/** Each statement with its semicolon and a space behind it. */
function body(node: { readonly statements: readonly Statement[] }, p: Printer): string {
  return node.statements.map(statement => `${p.node(statement)}; `).join('')
}

function orElse(otherwise: Parameters<typeof body>[0] | undefined, p: Printer): string {
  return otherwise === undefined ? '' : `ELSE ${body(otherwise, p)}`
}

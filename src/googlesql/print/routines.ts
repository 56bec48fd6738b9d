import type { CreateFunction, RoutineNode } from '../ast/routine.ts'
import { created } from './created.ts'
import type { Printer, PrintersOf } from './printer.ts'
import { quoted, word } from './words.ts'

export const routinePrinters: PrintersOf<RoutineNode['kind']> = {
  CreateFunction: (n, p) => {
    const parts = [
      `${created(n, n.aggregate ? 'AGGREGATE FUNCTION' : 'FUNCTION')}(${p.list(n.parameters)})`,
      p.optional('RETURNS ', n.returns),
      security('SQL', n.security),
      n.determinism === undefined ? '' : ` ${n.determinism}`,
      language(n),
      n.remote ? ' REMOTE' : '',
      p.optional('', n.connection),
      p.optional('OPTIONS', n.options),
      functionBody(n, p),
    ]
    return parts.join('')
  },
  CreateTableFunction: (n, p) => {
    const head = `${created(n, 'TABLE FUNCTION')}(${p.list(n.parameters)})${p.optional('RETURNS ', n.returns)}`
    const rest = `${language(n)}${p.optional('OPTIONS', n.options)}${p.optional('AS ', n.body)}`
    return `${head}${security('SQL', n.security)}${rest}`
  },
  CreateProcedure: (n, p) => {
    const head = `${created(n, 'PROCEDURE')}(${p.list(n.parameters)})${security('EXTERNAL', n.security)}`
    const body = p.optional(n.language === undefined ? '' : 'AS ', n.body)
    return `${head}${p.optional('', n.connection)}${p.optional('OPTIONS', n.options)}${language(n)}${body}`
  },
  Parameter: (n, p) => {
    const name = `${n.mode === undefined ? '' : `${n.mode} `}${n.name === undefined ? '' : `${quoted(n.name)} `}`
    return `${name}${p.node(n.type)}${p.optional('DEFAULT ', n.default)}${p.optional('AS ', n.alias)}${n.notAggregate ? ' NOT AGGREGATE' : ''}`
  },
  TemplatedType: n => `ANY ${n.of}`,
  TableType: (n, p) => `TABLE<${p.list(n.columns)}>`,
  TableTypeColumn: (n, p) => `${n.name === undefined ? '' : `${quoted(n.name)} `}${p.node(n.type)}`,
}

function security(of: 'SQL' | 'EXTERNAL', value: string | undefined): string {
  return value === undefined ? '' : ` ${of} SECURITY ${value}`
}

function language({ language: name }: Pick<CreateFunction, 'language'>): string {
  return name === undefined ? '' : ` LANGUAGE ${word(name)}`
}

/** In another language the body is a string; in SQL it is an expression in parentheses. */
function functionBody({ language: name, body, hasOtherBody }: CreateFunction, p: Printer): string {
  return (name === undefined) !== (hasOtherBody === true) ? p.optional('AS (', body, ')') : p.optional('AS ', body)
}

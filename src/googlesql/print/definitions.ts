import type { CreateIndex, DefinitionNode } from '../ast/definition.ts'
import { before, created, createOf } from './created.ts'
import type { Printer, PrintersOf } from './printer.ts'
import { quoted, quotedPath, stringText } from './words.ts'

export const definitionPrinters: PrintersOf<DefinitionNode['kind']> = {
  CreateSchema: (n, p) => {
    const storage = `${p.optional('DEFAULT COLLATE ', n.collate)}${p.optional('', n.connection)}`
    return `${created(n, n.external ? 'EXTERNAL SCHEMA' : 'SCHEMA')}${storage}${p.optional('OPTIONS', n.options)}`
  },
  CreateView: (n, p) => {
    const parts = [
      created(n, `${before(n.form)}${n.recursive ? 'RECURSIVE ' : ''}VIEW`),
      p.some('(', n.columns, ')'),
      n.security === undefined ? '' : ` SQL SECURITY ${n.security}`,
      p.some('PARTITION BY ', n.partitionBy),
      p.some('CLUSTER BY ', n.clusterBy),
      p.optional('OPTIONS', n.options),
      ` AS ${p.node(n.source)}`,
    ]
    return parts.join('')
  },
  ViewColumn: (n, p) => `${quoted(n.name)}${p.optional('OPTIONS', n.options)}`,
  ReplicaOf: n => `REPLICA OF ${quotedPath(n.path)}`,
  CreateIndex: (n, p) => {
    const unnests = n.unnests.map(unnest => ` ${p.node(unnest)}`).join('')
    const table = `${quotedPath(n.table)}${p.optional('AS ', n.alias)}${unnests} (${indexColumns(n, p)})`
    const rest = `${p.some('STORING (', n.storing, ')')}${p.some('PARTITION BY ', n.partitionBy)}`
    return `${created(n, `${before(n.form)}INDEX`)} ON ${table}${rest}${p.optional('OPTIONS', n.options)}`
  },
  IndexColumn: (n, p) => `${p.node(n.item)}${p.optional('OPTIONS', n.options)}`,
  IndexUnnest: (n, p) => `UNNEST(${p.node(n.array)})${p.optional('AS ', n.alias)}${p.optional('', n.offset)}`,
  CreateModel: (n, p) => {
    const parts = [
      created(n, 'MODEL'),
      p.some('INPUT (', n.inputs, ')'),
      p.some('OUTPUT (', n.outputs, ')'),
      p.some('TRANSFORM (', n.transform, ')'),
      n.remote ? ' REMOTE' : '',
      p.optional('', n.connection),
      p.optional('OPTIONS', n.options),
      p.optional('AS ', n.query),
      p.some('AS (', n.queries, ')'),
    ]
    return parts.join('')
  },
  NamedQuery: (n, p) => `${quoted(n.name)} AS (${p.node(n.query)})`,
  CreateRowAccessPolicy: (n, p) => {
    const name = p.optional('', n.name)
    const who = p.some('GRANT TO (', n.grantees, ')')
    return `${createOf(n, 'ROW ACCESS POLICY')}${name} ON ${quotedPath(n.table)}${who} FILTER USING (${p.node(n.filter)})`
  },
  CreateEntity: (n, p) => {
    const body = n.body === undefined ? '' : ` AS JSON ${stringText(n.body.value)}`
    return `${created(n, n.type)}${p.optional('OPTIONS', n.options)}${body}`
  },
  CreateConstant: (n, p) => `${created(n, 'CONSTANT')} = ${p.node(n.value)}`,
}

function indexColumns({ allColumns, columns }: CreateIndex, p: Printer): string {
  if (!allColumns) return p.list(columns)
  return `ALL COLUMNS${p.some('WITH COLUMN OPTIONS (', columns, ')')}`
}

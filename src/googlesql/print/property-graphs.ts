import type { PropertyGraphNode } from '../ast/property-graph.ts'
import { created } from './created.ts'
import type { PrintersOf } from './printer.ts'
import { quoted, quotedPath } from './words.ts'

export const propertyGraphPrinters: PrintersOf<PropertyGraphNode['kind']> = {
  CreatePropertyGraph: (n, p) => {
    const tables = `NODE TABLES (${p.list(n.nodes)})${p.some('EDGE TABLES (', n.edges, ')')}`
    return `${created(n, 'PROPERTY GRAPH')} ${tables}${p.optional('OPTIONS', n.options)}`
  },
  GraphTable: (n, p) => {
    const parts = [
      quotedPath(n.path),
      p.optional('AS ', n.alias),
      p.some('KEY (', n.key, ')'),
      p.optional('SOURCE KEY ', n.source),
      p.optional('DESTINATION KEY ', n.destination),
      ...n.labels.map(label => ` ${p.node(label)}`),
      p.optional('DYNAMIC LABEL (', n.dynamicLabel, ')'),
      p.optional('DYNAMIC PROPERTIES (', n.dynamicProperties, ')'),
    ]
    return parts.join('')
  },
  GraphReference: (n, p) => `(${p.list(n.columns)}) REFERENCES ${quoted(n.node)}${p.some('(', n.referenced, ')')}`,
  GraphLabel: (n, p) => {
    const label = n.name === undefined ? '' : n.name === 'DEFAULT' ? 'DEFAULT LABEL' : `LABEL ${quoted(n.name)}`
    return `${label}${p.optional('OPTIONS', n.options)}${p.optional('', n.properties)}`.trimStart()
  },
  GraphProperties: (n, p) => {
    if (n.form === 'NONE') return 'NO PROPERTIES'
    return n.form === 'ALL'
      ? `PROPERTIES ARE ALL COLUMNS${p.some('EXCEPT (', n.except, ')')}`
      : `PROPERTIES (${p.list(n.items)})`
  },
  GraphProperty: (n, p) => `${p.node(n.value)}${p.optional('AS ', n.name)}${p.optional('OPTIONS', n.options)}`,
}

import type { TableDefinitionNode } from '../ast/table-definition.ts'
import { before, created } from './created.ts'
import { level, type Printer, type PrintersOf } from './printer.ts'
import { destination, elements, layout } from './storage.ts'
import { quoted, quotedPath } from './words.ts'

export const tableDefinitionPrinters: PrintersOf<TableDefinitionNode['kind']> = {
  CreateTable: (n, p) => {
    const parts = [
      created(n, `${before(n.form)}TABLE`),
      elements(n, p),
      p.optional('LIKE ', n.like),
      p.optional('CLONE ', n.clone),
      p.optional('COPY ', n.copy),
      p.optional('DEFAULT COLLATE ', n.collate),
      layout(n, p),
      p.optional('', n.partitionColumns),
      destination(n, p),
      p.optional('AS ', n.query),
    ]
    return parts.join('')
  },
  CloneSource: (n, p) => {
    const time = p.optional('FOR SYSTEM_TIME AS OF ', n.systemTime)
    return `${quotedPath(n.path)}${time}${p.optional('WHERE ', n.where)}`
  },
  PartitionColumns: (n, p) => `WITH PARTITION COLUMNS${p.some('(', n.columns, ')')}`,
  Connection: n => `WITH CONNECTION ${n.path === undefined ? 'DEFAULT' : quotedPath(n.path)}`,
  ColumnDefinition: (n, p) => `${quoted(n.name)} ${p.node(n.schema)}`,
  ColumnSchema: (n, p) => {
    const value = `${p.optional('DEFAULT ', n.default)}${p.optional('', n.generated)}`
    const attributes = n.attributes.map(attribute => ` ${p.node(attribute)}`).join('')
    return `${p.optional('', n.type)}${value}${attributes}${p.optional('OPTIONS', n.options)}`.trimStart()
  },
  ArrayColumn: (n, p) => `ARRAY<${p.node(n.element)}>`,
  RangeColumn: (n, p) => `RANGE<${p.node(n.element)}>`,
  StructColumn: (n, p) => `STRUCT<${p.list(n.fields)}>`,
  StructColumnField: (n, p) => `${n.name === undefined ? '' : `${quoted(n.name)} `}${p.node(n.schema)}`,
  Generated: (n, p) => {
    const mode = n.mode === undefined ? '' : `GENERATED ${n.mode} `
    const value = n.identity === undefined ? p.optional('(', n.value, ')') : p.optional('', n.identity)
    return `${mode}AS${value}${n.stored === undefined ? '' : ` ${n.stored}`}`
  },
  IdentityColumn: (n, p) => {
    const bound = (word: string, value: typeof n.startWith) =>
      value === undefined ? '' : ` ${word} ${p.at(level.not, value)}`
    const range = `${bound('MAXVALUE', n.maxValue)}${bound('MINVALUE', n.minValue)}`
    const cycle = n.cycle === undefined ? '' : n.cycle ? ' CYCLE' : ' NO CYCLE'
    const steps = `${bound('START WITH', n.startWith)}${bound('INCREMENT BY', n.incrementBy)}`
    return `IDENTITY(${`${steps}${range}${cycle}`.trimStart()})`
  },
  NotNull: () => 'NOT NULL',
  Hidden: () => 'HIDDEN',
  ColumnPrimaryKey: n => `PRIMARY KEY${enforcement(n)}`,
  ColumnForeignKey: (n, p) => `${constraintName(n)}${p.node(n.references)}${enforcement(n)}`,
  PrimaryKey: (n, p) => `${constraintName(n)}PRIMARY KEY (${p.list(n.columns)})${ending(n, p)}`,
  ForeignKey: (n, p) => `${constraintName(n)}FOREIGN KEY (${p.list(n.columns)}) ${p.node(n.references)}${ending(n, p)}`,
  Reference: (n, p) => {
    const match = n.match === undefined ? '' : ` MATCH ${n.match}`
    const update = n.onUpdate === undefined ? '' : ` ON UPDATE ${n.onUpdate}`
    const remove = n.onDelete === undefined ? '' : ` ON DELETE ${n.onDelete}`
    return `REFERENCES ${quotedPath(n.table)} (${p.list(n.columns)})${match}${update}${remove}`
  },
  Check: (n, p) => `${constraintName(n)}CHECK (${p.node(n.condition)})${ending(n, p)}`,
}

type Named = { readonly name: Parameters<typeof quoted>[0] | undefined }

function constraintName({ name }: Named): string {
  return name === undefined ? '' : `CONSTRAINT ${quoted(name)} `
}

type Enforced = { readonly enforced: boolean | undefined }

export function enforcement({ enforced }: Enforced): string {
  if (enforced === undefined) return ''
  return enforced ? ' ENFORCED' : ' NOT ENFORCED'
}

type Ended = Enforced & { readonly options: Parameters<Printer['optional']>[1] }

function ending(node: Ended, p: Printer): string {
  return `${enforcement(node)}${p.optional('OPTIONS', node.options)}`
}

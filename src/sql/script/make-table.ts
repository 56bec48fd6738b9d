import type { CreateTable } from '../../googlesql/ast/table-definition.ts'
import { nodesOf } from '../../googlesql/walk.ts'
import type { CatalogColumn, CatalogTable, RelationKind } from '../../model/catalog.ts'
import { tableId } from '../../model/table-ref.ts'
import type { PartRead } from '../part.ts'
import type { Environment } from '../resolve/context.ts'
import { catalogTable } from '../statement/catalog-table.ts'
import { completeName } from '../table-name.ts'
import { scalar } from '../types/type-makers.ts'
import { entryOf, etagOf, madeColumns, withTagsOf } from './entries.ts'
import type { ScriptState } from './state.ts'

/** A table of a dataset, as the statements behind its definition see it. */
export function makeTable(create: CreateTable, read: PartRead, env: Environment, state: ScriptState): void {
  const ref = completeName(create.name, state.defaults)
  const id = tableId(ref)
  const before = entryOf(ref, state)
  if (create.ifNotExists && before.state === 'found') return
  const { columns, pseudoColumns, sizeBytes } = shapeOf(create, read, env)
  const table: CatalogTable = {
    ...{ ref, kind: kindOf(create), columns: withTagsOf(columns, before), etag: etagOf(columns), pseudoColumns },
    labels: before.state === 'found' ? before.table.labels : {},
    // What it is filled with counts where that is read.
    sizeBytes,
  }
  state.snapshot.tables.set(id, { state: 'found', table })
  state.made.set(id, 'made')
}

type Shape = Pick<CatalogTable, 'columns' | 'pseudoColumns'> & { readonly sizeBytes: number }

export function shapeOf(create: CreateTable, read: PartRead, env: Environment): Shape {
  const copied = create.clone?.path ?? create.copy?.path
  const source = copied ?? create.like
  if (source === undefined) {
    const columns = madeColumns(read, create.name.parts.map(({ text }) => text).join('.'))
    return { columns, pseudoColumns: isByArrival(create) ? arrivalColumns : [], sizeBytes: 0 }
  }
  const { columns, pseudoColumns, sizeBytes = 0 } = catalogTable(source, env)
  return { columns, pseudoColumns, sizeBytes: copied === undefined ? 0 : sizeBytes }
}

function kindOf({ form, clone }: CreateTable): RelationKind {
  if (form === 'SNAPSHOT') return 'snapshot'
  return clone === undefined ? 'table' : 'clone'
}

const arrivalColumns: readonly CatalogColumn[] = [
  { name: '_PARTITIONTIME', type: scalar('TIMESTAMP'), tags: {} },
  { name: '_PARTITIONDATE', type: scalar('DATE'), tags: {} },
]

function isByArrival({ partitionBy }: CreateTable): boolean {
  const names = partitionBy
    .flatMap(expression => nodesOf(expression, 'Identifier'))
    .map(({ text }) => text.toUpperCase())
  return names.some(name => arrivalColumns.some(column => column.name === name))
}

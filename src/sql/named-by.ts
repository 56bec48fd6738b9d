import type { Path } from '../googlesql/ast/name.ts'
import type { Node } from '../googlesql/ast/node.ts'
import type { Access } from '../model/statement.ts'
import { systemCall } from './routine/system-procedure.ts'

/** A table as a statement names it, and what the statement does to it. */
export type NamedPath = { readonly path: Path; readonly access: Access }

/** The tables that a node names by itself, outside of FROM. */
export function namedBy(node: Node): readonly NamedPath[] {
  switch (node.kind) {
    case 'Insert':
    case 'PipeInsert':
      return [{ path: node.target, access: 'write' }]
    case 'Update':
    case 'Delete':
    case 'Merge':
      // Their conditions read what they change.
      return [
        { path: node.target, access: 'read' },
        { path: node.target, access: 'write' },
      ]
    case 'Truncate':
      return [{ path: node.target, access: 'truncate' }]
    case 'GraphTable':
    case 'CloneSource':
    case 'ReplicaOf':
      return [{ path: node.path, access: 'read' }]
    case 'CreateTable':
      return node.like === undefined ? [] : [{ path: node.like, access: 'metadata' }]
    case 'Alter':
      return node.on === undefined ? [] : [{ path: node.on, access: 'alter' }]
    case 'Reference':
      return [{ path: node.table, access: 'metadata' }]
    case 'CreateIndex':
    case 'CreateRowAccessPolicy':
    case 'AlterRowAccessPolicy':
      return [{ path: node.table, access: 'alter' }]
    case 'Call': {
      const called = systemCall(node)
      return called === undefined ? [] : [{ path: called.path, access: called.procedure.access }]
    }
    default:
      return []
  }
}

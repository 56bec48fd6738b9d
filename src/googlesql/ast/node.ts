import type { AlterationNode } from './alteration.ts'
import type { CallNode } from './call.ts'
import type { DefinitionNode } from './definition.ts'
import type { DmlNode } from './dml.ts'
import type { ExpressionNode } from './expression.ts'
import type { ForeignNode } from './foreign.ts'
import type { GroupingNode } from './grouping.ts'
import type { LiteralNode } from './literal.ts'
import type { MovementNode } from './movement.ts'
import type { NameNode } from './name.ts'
import type { PipeNode } from './pipe.ts'
import type { PredicateNode } from './predicate.ts'
import type { PropertyGraphNode } from './property-graph.ts'
import type { QueryNode } from './query.ts'
import type { RoutineNode } from './routine.ts'
import type { ScriptNode } from './script.ts'
import type { StatementNode } from './statement.ts'
import type { TableNode } from './table.ts'
import type { TableDefinitionNode } from './table-definition.ts'
import type { TypeNode } from './type.ts'

/** Every node of the tree. The union is closed: what has no node here does not parse. */
export type Node =
  | AlterationNode
  | CallNode
  | DefinitionNode
  | DmlNode
  | ExpressionNode
  | ForeignNode
  | GroupingNode
  | LiteralNode
  | MovementNode
  | NameNode
  | PipeNode
  | PredicateNode
  | PropertyGraphNode
  | QueryNode
  | RoutineNode
  | ScriptNode
  | StatementNode
  | TableDefinitionNode
  | TableNode
  | TypeNode

export type Kind = Node['kind']
export type NodeOf<K extends Kind> = Extract<Node, { readonly kind: K }>

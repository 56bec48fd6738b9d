import type { Expression } from './expression.ts'
import type { Identifier, Options, Path } from './name.ts'
import type { Span } from './span.ts'

/** Tables seen as nodes and edges. */
export type CreatePropertyGraph = {
  readonly kind: 'CreatePropertyGraph'
  readonly orReplace: boolean
  readonly ifNotExists: boolean
  readonly name: Path
  readonly nodes: readonly GraphTable[]
  readonly edges: readonly GraphTable[]
  readonly options: Options | undefined
  readonly at: Span
}

/** `table [AS alias] [KEY (…)] [SOURCE KEY (…) REFERENCES …] [DESTINATION KEY …] [labels]` */
export type GraphTable = {
  readonly kind: 'GraphTable'
  readonly path: Path
  readonly alias: Identifier | undefined
  readonly key: readonly Identifier[]
  readonly source: GraphReference | undefined
  readonly destination: GraphReference | undefined
  readonly labels: readonly GraphLabel[]
  readonly dynamicLabel: Expression | undefined
  readonly dynamicProperties: Expression | undefined
  readonly at: Span
}
/** `(columns) REFERENCES node [(columns)]` */
export type GraphReference = {
  readonly kind: 'GraphReference'
  readonly columns: readonly Identifier[]
  readonly node: Identifier
  readonly referenced: readonly Identifier[]
  readonly at: Span
}
/** `[DEFAULT] LABEL name properties`; properties alone are those of a label that is called like the table. */
export type GraphLabel = {
  readonly kind: 'GraphLabel'
  readonly name: Identifier | 'DEFAULT' | undefined
  readonly options: Options | undefined
  readonly properties: GraphProperties | undefined
  readonly at: Span
}
/** Without items all columns, but for some; none at all where it says so. */
export type GraphProperties = {
  readonly kind: 'GraphProperties'
  readonly form: 'NONE' | 'ALL' | 'LISTED'
  readonly except: readonly Identifier[]
  readonly items: readonly GraphProperty[]
  readonly at: Span
}
export type GraphProperty = {
  readonly kind: 'GraphProperty'
  readonly value: Expression
  readonly name: Identifier | undefined
  readonly options: Options | undefined
  readonly at: Span
}

/** The nodes of this file. */
export type PropertyGraphNode =
  | CreatePropertyGraph
  | GraphTable
  | GraphReference
  | GraphLabel
  | GraphProperties
  | GraphProperty

import type { JsonObject } from '@bufbuild/protobuf'
import type { ColumnType, ScalarType } from '../model/column-type.ts'
import { typeProto } from './types.ts'

type Argument = { readonly kind: 'ARG_TYPE_ARBITRARY' | 'ARG_TYPE_ANY_1'; readonly name?: string }
type MissingFunction = {
  readonly name: string
  readonly mode: 'SCALAR' | 'AGGREGATE'
  readonly required: readonly Argument[]
  readonly optional: readonly Argument[]
  readonly returns: JsonObject
}

const any: Argument = { kind: 'ARG_TYPE_ARBITRARY' }
const same: Argument = { kind: 'ARG_TYPE_ANY_1' }
const named = (name: string): Argument => ({ kind: 'ARG_TYPE_ARBITRARY', name })
const scalar = (name: ScalarType): ColumnType => ({ kind: 'scalar', name })
const arrayOf = (element: ColumnType): ColumnType => ({ kind: 'array', element })
const fixed = (type: ColumnType): JsonObject => ({ kind: 'ARG_TYPE_FIXED', type: typeProto(type), options: {} })
const perTerm = (name: string, type: ColumnType): JsonObject => {
  const fields = [
    { name: 'term', type: scalar('STRING') },
    { name, type },
  ]
  return fixed(arrayOf({ kind: 'struct', fields }))
}
const bool = fixed(scalar('BOOL'))
const string = fixed(scalar('STRING'))
const strings = fixed(arrayOf(scalar('STRING')))
const termCounts = perTerm('count', scalar('INT64'))
const termWeights = perTerm('tf_idf', scalar('FLOAT64'))
const first: JsonObject = { kind: 'ARG_TYPE_ANY_1', options: {} }
const searchOptions = [named('json_scope'), named('analyzer'), named('analyzer_options')]
const analyzerOptions = [named('analyzer'), named('analyzer_options')]

// What BigQuery has and the analyzer's build does not. Argument types are left open: BigQuery checks them.
const missing: readonly MissingFunction[] = [
  { name: 'search', mode: 'SCALAR', required: [any, any], optional: searchOptions, returns: bool },
  { name: 'contains_substr', mode: 'SCALAR', required: [any, any], optional: [named('json_scope')], returns: bool },
  { name: 'text_analyze', mode: 'SCALAR', required: [any], optional: analyzerOptions, returns: strings },
  { name: 'bag_of_words', mode: 'SCALAR', required: [any], optional: [], returns: termCounts },
  { name: 'tf_idf', mode: 'AGGREGATE', required: [any], optional: [any, any], returns: termWeights },
  { name: 'collate', mode: 'SCALAR', required: [any, any], optional: [], returns: string },
  { name: 'dlp_deterministic_encrypt', mode: 'SCALAR', required: [any, any, any], optional: [any], returns: string },
  { name: 'dlp_deterministic_decrypt', mode: 'SCALAR', required: [any, any, any], optional: [any], returns: string },
  { name: 'max_by', mode: 'AGGREGATE', required: [same, any], optional: [], returns: first },
  { name: 'min_by', mode: 'AGGREGATE', required: [same, any], optional: [], returns: first },
]

/** FunctionProtos of BigQuery's functions that the analyzer lacks. */
export const missingFunctions: JsonObject[] = missing.map(({ name, mode, required, optional, returns }) => ({
  namePath: [name],
  group: 'BigQuery',
  mode,
  signature: [
    {
      argument: [
        ...required.map(argument => argumentProto(argument, 'REQUIRED')),
        ...optional.map(argument => argumentProto(argument, 'OPTIONAL')),
      ],
      returnType: returns,
      options: {},
    },
  ],
  options: { supportsOverClause: mode === 'AGGREGATE' },
}))

function argumentProto({ kind, name }: Argument, cardinality: 'REQUIRED' | 'OPTIONAL'): JsonObject {
  const naming = name === undefined ? {} : { argumentName: name, namedArgumentKind: 'POSITIONAL_OR_NAMED' }
  return { kind, numOccurrences: cardinality === 'REQUIRED' ? 1 : -1, options: { cardinality, ...naming } }
}

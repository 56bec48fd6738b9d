import type { JsonObject } from '@bufbuild/protobuf'

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
const fixed = (type: JsonObject): JsonObject => ({ kind: 'ARG_TYPE_FIXED', type, options: {} })
const bool = fixed({ typeKind: 'TYPE_BOOL' })
const strings = fixed({ typeKind: 'TYPE_ARRAY', arrayType: { elementType: { typeKind: 'TYPE_STRING' } } })
const first: JsonObject = { kind: 'ARG_TYPE_ANY_1', options: {} }
const searchOptions = [named('json_scope'), named('analyzer'), named('analyzer_options')]
const analyzerOptions = [named('analyzer'), named('analyzer_options')]

// What BigQuery has and the analyzer's build does not. Argument types are left open: BigQuery checks them.
const missing: readonly MissingFunction[] = [
  { name: 'search', mode: 'SCALAR', required: [any, any], optional: searchOptions, returns: bool },
  { name: 'contains_substr', mode: 'SCALAR', required: [any, any], optional: [named('json_scope')], returns: bool },
  { name: 'text_analyze', mode: 'SCALAR', required: [any], optional: analyzerOptions, returns: strings },
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

import type { JsonObject } from '@bufbuild/protobuf'
import { type CatalogRoutine, type RoutineParameter, routineName } from '../model/catalog.ts'
import { type ColumnType, typeText } from '../model/column-type.ts'
import { typeProto } from './types.ts'

/** Functions that a text calls and that the analyzer cannot know, as it takes them: by the types that they declare. */
export function routineProtos(routines: readonly CatalogRoutine[]): {
  customFunction: JsonObject[]
  customTvf: JsonObject[]
} {
  return {
    customFunction: routines.flatMap(routine => (routine.kind === 'table_function' ? [] : [functionProto(routine)])),
    customTvf: routines.flatMap(routine => (routine.kind === 'table_function' ? [sessionsProto(routine)] : [])),
  }
}

function functionProto(routine: CatalogRoutine): JsonObject {
  const { parameters, returns } = routine
  const returnType = returns === undefined ? { kind: 'ARG_TYPE_ARBITRARY', options: {} } : fixed(returns)
  return {
    ...{ namePath: [routineName(routine)], group: 'BigQuery', mode: 'SCALAR', options: {} },
    signature: [{ argument: parameters.map(argumentProto), returnType, options: {} }],
  }
}

function argumentProto({ type }: RoutineParameter): JsonObject {
  if (type !== undefined) return { ...fixed(type), numOccurrences: 1 }
  return { kind: 'ARG_TYPE_ARBITRARY', numOccurrences: 1, options: { cardinality: 'REQUIRED' } }
}

function fixed(type: ColumnType): JsonObject {
  return { kind: 'ARG_TYPE_FIXED', type: typeProto(type), options: { cardinality: 'REQUIRED' } }
}

const string: ColumnType = { kind: 'scalar', name: 'STRING' }

/** RANGE_SESSIONIZE adds columns to whatever table it is given: as a function in SQL, which says the same. */
function sessionsProto(routine: CatalogRoutine): JsonObject {
  const added = (routine.columns ?? []).map(({ name, type }) => `CAST(NULL AS ${typeText(type)}) AS ${name}`)
  const relation = { kind: 'ARG_TYPE_RELATION', numOccurrences: 1, options: { cardinality: 'REQUIRED' } }
  const mode = { cardinality: 'OPTIONAL', argumentName: 'mode', defaultValue: { stringValue: 'MEETS' } }
  const argument = [
    relation,
    { ...fixed(string), numOccurrences: 1 },
    { ...fixed({ kind: 'array', element: string }), numOccurrences: 1 },
    { ...fixed(string), numOccurrences: -1, options: mode },
  ]
  return {
    ...{ namePath: [routineName(routine)], group: 'BigQuery', type: 'TEMPLATED_SQL_TVF', volatility: 'IMMUTABLE' },
    signature: { argument, returnType: relation, options: {} },
    argumentName: ['input', 'range_column', 'keys', 'mode'],
    parseResumeLocation: { input: `SELECT *, ${added.join(', ')} FROM input`, bytePosition: 0, allowResume: false },
    options: {},
  }
}

import type { CatalogRoutine, RoutineKind, RoutineParameter } from '../../model/catalog.ts'
import type { ColumnType } from '../../model/column-type.ts'
import { spared } from './spared.ts'

const types: Readonly<Record<RoutineKind, string>> = {
  scalar_function: 'SCALAR_FUNCTION',
  aggregate_function: 'AGGREGATE_FUNCTION',
  table_function: 'TABLE_VALUED_FUNCTION',
  procedure: 'PROCEDURE',
}
const languages: Readonly<Partial<Record<CatalogRoutine['language'], string>>> = {
  sql: 'SQL',
  javascript: 'JAVASCRIPT',
  python: 'PYTHON',
}

/** A routine as whoever calls it needs it. Its body is left out, as the text of a view is: it names what its caller may not see. */
export function routineResource(routine: CatalogRoutine) {
  const { ref, kind, language, parameters, returns, columns, etag, description } = routine
  return {
    kind: 'bigquery#routine',
    routineReference: { projectId: ref.project, datasetId: ref.dataset, routineId: ref.table },
    ...{ etag, routineType: types[kind], arguments: parameters.map(argumentOf) },
    ...spared({ language: languages[language], description, returnType: returns && wireType(returns) }),
    ...spared({ returnTableType: columns && { columns: columns.map(fieldOf) } }),
  }
}

function argumentOf({ name, type, mode, isConstant }: RoutineParameter) {
  const typed = type === undefined ? { argumentKind: 'ANY_TYPE' } : { dataType: wireType(type) }
  return {
    name,
    ...typed,
    ...(mode === 'in' ? {} : { mode: mode.toUpperCase() }),
    ...(isConstant ? { isAggregate: false } : {}),
  }
}

/** Types of routines are written in another form than those of columns. */
function wireType(type: ColumnType): object {
  switch (type.kind) {
    case 'scalar':
      return { typeKind: type.name }
    case 'array':
      return { typeKind: 'ARRAY', arrayElementType: wireType(type.element) }
    case 'range':
      return { typeKind: 'RANGE', rangeElementType: wireType(type.element) }
    case 'struct':
      return { typeKind: 'STRUCT', structType: { fields: type.fields.map(fieldOf) } }
  }
}

function fieldOf({ name, type }: { readonly name: string; readonly type: ColumnType }) {
  return { name, type: wireType(type) }
}

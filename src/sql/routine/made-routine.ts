import type { CreateFunction, CreateProcedure, CreateTableFunction, Parameter } from '../../googlesql/ast/routine.ts'
import { print } from '../../googlesql/print/print.ts'
import type { CatalogRoutine, RoutineKind, RoutineLanguage, RoutineParameter } from '../../model/catalog.ts'
import type { ColumnType } from '../../model/column-type.ts'
import { Failure } from '../../model/failure.ts'
import type { TableRef } from '../../model/table-ref.ts'
import { writtenType } from '../resolve/literal-types.ts'
import { completeName, type NameDefaults, pathParts } from '../table-name.ts'

export type RoutineDefinition = CreateFunction | CreateTableFunction | CreateProcedure

/** What a definition names; a temporary routine has no place. Throws `unknown_name` for a name that does not fit. */
export function definedName({ name, scope }: RoutineDefinition, defaults: NameDefaults): TableRef {
  if (scope === undefined) return completeName(name, defaults)
  const [table = '', second] = pathParts(name)
  if (second !== undefined) {
    throw new Failure('unknown_name', { detail: 'A temporary routine has a name of one part.' })
  }
  return { project: '', dataset: '', table }
}

/** The routine that a definition makes, as the catalog would give it. Throws `cannot_govern` for a parameter that no routine here has. */
export function routineMadeBy(definition: RoutineDefinition, ref: TableRef): CatalogRoutine {
  const returns = returnsOf(definition)
  const columns = columnsOf(definition)
  const body = bodyText(definition)
  return {
    ...{ ref, kind: kindOf(definition), language: languageOf(definition), body, etag: body },
    parameters: definition.parameters.map(parameterOf),
    ...(returns === undefined ? {} : { returns }),
    ...(columns === undefined ? {} : { columns }),
  }
}

function kindOf(definition: RoutineDefinition): RoutineKind {
  switch (definition.kind) {
    case 'CreateFunction':
      return definition.aggregate ? 'aggregate_function' : 'scalar_function'
    case 'CreateTableFunction':
      return 'table_function'
    case 'CreateProcedure':
      return 'procedure'
  }
}

const languages: Readonly<Record<string, RoutineLanguage>> = { sql: 'sql', js: 'javascript', python: 'python' }

function languageOf(definition: RoutineDefinition): RoutineLanguage {
  if (definition.kind === 'CreateFunction' && definition.remote) return 'remote'
  const { language } = definition
  return language === undefined ? 'sql' : (languages[language.text.toLowerCase()] ?? 'other')
}

function bodyText({ body }: RoutineDefinition): string {
  if (body === undefined) return ''
  return body.kind === 'StringLiteral' ? body.value : print(body)
}

function returnsOf(definition: RoutineDefinition): ColumnType | undefined {
  if (definition.kind !== 'CreateFunction' || definition.returns === undefined) return undefined
  return knownType(definition.returns)
}

function columnsOf(definition: RoutineDefinition): CatalogRoutine['columns'] {
  if (definition.kind !== 'CreateTableFunction') return undefined
  return definition.returns?.columns.map(({ name, type }) => ({ name: name?.text ?? '', type: knownType(type) }))
}

const modes = { IN: 'in', OUT: 'out', INOUT: 'inout' } as const

function parameterOf({ name, mode, type, notAggregate, default: value }: Parameter): RoutineParameter {
  if (value !== undefined) throw new Failure('cannot_govern', { detail: 'Defaults of parameters are not served.' })
  const rest = { name: name?.text ?? '', mode: modes[mode ?? 'IN'], isConstant: notAggregate }
  return type.kind === 'TemplatedType' && type.of === 'TYPE' ? rest : { ...rest, type: knownType(type) }
}

function knownType(type: Parameter['type']): ColumnType {
  const isTable = type.kind === 'TemplatedType' || type.kind === 'TableType'
  const known = isTable ? undefined : writtenType(type)
  if (known !== undefined) return known
  const what = isTable ? 'Tables as parameters are' : 'A type of this routine is'
  throw new Failure('cannot_govern', { detail: `${what} not served.` })
}

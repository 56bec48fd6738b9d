import type { JsonObject, Message } from '@bufbuild/protobuf'
import type { ColumnType } from '../model/column-type.ts'
import { systemVariables } from '../model/system-variable.ts'
import { enumOf } from './descriptors.ts'
import { languageOptions } from './language-options.ts'
import type { Reference } from './reference.ts'
import { type Analysis, readResolved } from './resolved.ts'
import { typeProto } from './types.ts'
import type { ValueMessage } from './values.ts'

/** A parameter as far as analysis goes; positional ones have no name. */
export type ParameterType = { readonly name?: string; readonly type: ColumnType }
export type CatalogId = string
/** Rows of tables by name, as the analyzer's TableContent. */
export type TableRows = Readonly<Record<string, JsonObject>>

/** The methods of the analyzer that Sluice uses, with the options that make it read as BigQuery does. */
export type Analyzer = {
  readonly tables: (sql: string, options: { readonly script: boolean }) => readonly (readonly string[])[]
  readonly register: (catalog: JsonObject, rows?: TableRows) => CatalogId
  readonly unregister: (id: CatalogId) => void
  readonly analyze: (sql: string, catalog: CatalogId, parameters?: readonly ParameterType[]) => Analysis
  /** The names of the functions that it knows, in lower case; a `$` begins those of operators. */
  readonly functions: () => readonly string[]
  readonly evaluate: (sql: string, catalog: CatalogId) => readonly (readonly ValueMessage[])[]
  /** What INSERT, UPDATE or DELETE does to each row of its table. */
  readonly change: (sql: string, catalog: CatalogId) => readonly RowChange[]
}
export type RowChange = {
  readonly operation: number
  readonly key: readonly ValueMessage[]
  readonly row: readonly ValueMessage[]
}

type Call = <Answer>(method: string, json: JsonObject, answer: string) => Message & Answer
type Tables = { readonly tableName: readonly { readonly tableNameSegment: readonly string[] }[] }
type Functions = { readonly function: readonly { readonly namePath: readonly string[] }[] }
type Changed = {
  readonly content: readonly {
    readonly operation: number
    readonly cell: readonly ValueMessage[]
    readonly oldPrimaryKey: readonly ValueMessage[]
  }[]
}
type Evaluated = {
  readonly content: { readonly tableData: { readonly row: readonly { readonly cell: readonly ValueMessage[] }[] } }
}

const service = 'zetasql.local_service.'
const nothing = new Uint8Array()

/** Columns that every table partitioned by time of arrival has, and its definition may name. */
const ddlPseudoColumns: JsonObject[] = [
  { name: '_PARTITIONTIME', type: { typeKind: 'TYPE_TIMESTAMP' } },
  { name: '_PARTITIONDATE', type: { typeKind: 'TYPE_DATE' } },
]

export function openAnalyzer(reference: Reference): Analyzer {
  const kinds = new Map([...enumOf(reference.registry, 'zetasql.TypeKind')].map(([name, value]) => [value, name]))
  const call = openCall(reference)
  return {
    tables: (sql, { script }) =>
      call<Tables>(
        'ExtractTableNamesFromStatement',
        { sqlStatement: sql, allowScript: script },
        'ExtractTableNamesFromStatementResponse',
      ).tableName.map(name => name.tableNameSegment),
    register: (simpleCatalog, tableContent = {}) =>
      call<{ registeredId: bigint }>(
        'RegisterCatalog',
        { simpleCatalog, tableContent },
        'RegisterResponse',
      ).registeredId.toString(),
    unregister: registeredId => {
      const request = reference.encode(`${service}UnregisterRequest`, { registeredId })
      reference.call('UnregisterCatalog', [request], 'google.protobuf.Empty')
    },
    analyze: (sqlStatement, registeredCatalogId, parameters = []) => {
      const request = { sqlStatement, registeredCatalogId, options: parameterOptions(parameters) }
      return readResolved(call('Analyze', request, 'AnalyzeResponse'), kinds)
    },
    functions: () => {
      const options = { languageOptions: languageOptions(reference) }
      const request = reference.encode('zetasql.ZetaSQLBuiltinFunctionOptionsProto', options)
      const answer = reference.call('GetBuiltinFunctions', [request], `${service}GetBuiltinFunctionsResponse`)
      return (answer as Message & Functions).function.map(known => known.namePath.join('.'))
    },
    evaluate: (sql, registeredCatalogId) => {
      const answer = call<Evaluated>('EvaluateQuery', { sql, registeredCatalogId }, 'EvaluateQueryResponse')
      return answer.content.tableData.row.map(row => row.cell)
    },
    change: (sql, registeredCatalogId) => {
      const { content } = call<Changed>('EvaluateModify', { sql, registeredCatalogId }, 'EvaluateModifyResponse')
      return content.map(({ operation, cell, oldPrimaryKey }) => ({ operation, key: oldPrimaryKey, row: cell }))
    },
  }
}

function openCall(reference: Reference): Call {
  const shared = sharedParts(reference)
  return <Answer>(method: string, json: JsonObject, answer: string) => {
    const request = reference.encode(`${service}${method}Request`, json)
    return reference.call(method, [shared.get(method) ?? nothing, request], `${service}${answer}`) as Message & Answer
  }
}

/** The options stand in every request of a kind, so they are encoded once. */
function sharedParts(reference: Reference): ReadonlyMap<string, Uint8Array> {
  const options = languageOptions(reference)
  const reading = { defaultTimezone: 'UTC', pruneUnusedColumns: true, errorMessageMode: 'ERROR_MESSAGE_ONE_LINE' }
  const variables = [...systemVariables].map(([name, type]) => ({ namePath: name.split('.'), type: typeProto(type) }))
  const analyzer = { languageOptions: options, ...reading, ddlPseudoColumns }
  const parts: Readonly<Record<string, JsonObject>> = {
    ExtractTableNamesFromStatement: { options },
    RegisterCatalog: { simpleCatalog: { builtinFunctionOptions: { languageOptions: options } } },
    Analyze: { options: { ...analyzer, systemVariables: variables } },
    EvaluateQuery: { options: analyzer },
    // The first column that is scanned stands for the key of a row, so that every one is.
    EvaluateModify: { options: { ...analyzer, pruneUnusedColumns: false } },
  }
  return new Map(
    Object.entries(parts).map(([method, json]) => [method, reference.encode(`${service}${method}Request`, json)]),
  )
}

function parameterOptions(parameters: readonly ParameterType[]): JsonObject {
  if (parameters.length === 0) return {}
  const named = parameters.flatMap(({ name, type }) => (name === undefined ? [] : [{ name, type: typeProto(type) }]))
  if (named.length === parameters.length) return { parameterMode: 'PARAMETER_NAMED', queryParameters: named }
  const types = parameters.map(({ type }) => typeProto(type))
  return { parameterMode: 'PARAMETER_POSITIONAL', positionalQueryParameters: types }
}

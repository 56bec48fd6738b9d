import { type JsonObject, toJson } from '@bufbuild/protobuf'
import { z } from 'zod'
import { enumOf, messageOf } from './descriptors.ts'
import type { Reference } from './reference.ts'

const maximum = z.looseObject({ enabledLanguageFeatures: z.array(z.string()) })
const typeName = 'zetasql.LanguageOptionsProto'

/** What BigQuery has in definitions and "maximum features" leaves out. */
const definitions = [
  ...['FEATURE_CREATE_TABLE_CLONE', 'FEATURE_CLONE_DATA', 'FEATURE_ALTER_COLUMN_SET_DATA_TYPE'],
  ...['FEATURE_CREATE_EXTERNAL_TABLE_WITH_PARTITION_COLUMNS', 'FEATURE_CREATE_VIEWS_WITH_COLUMN_OPTIONS'],
  'FEATURE_ALTER_MATERIALIZED_VIEW_ALTER_COLUMN_SET_OPTIONS',
]

/** Everything the analyzer can read: "maximum features" leaves out the pipe syntax and every statement but queries. */
export function languageOptions(reference: Reference): JsonObject {
  const { registry } = reference
  const request = reference.encode('zetasql.local_service.LanguageOptionsRequest', { maximumFeatures: true })
  const answer = toJson(messageOf(registry, typeName), reference.call('GetLanguageOptions', [request], typeName))
  const features = maximum.parse(answer).enabledLanguageFeatures
  const pipes = [...enumOf(registry, 'zetasql.LanguageFeature').keys()].filter(name => /^FEATURE_.*PIPE/.test(name))
  const statements = [...enumOf(registry, 'zetasql.ResolvedNodeKind').keys()].filter(name => name.endsWith('_STMT'))
  return {
    enabledLanguageFeatures: [...new Set([...features, ...pipes, ...definitions])],
    supportedStatementKinds: statements,
    // Without them the words are names, and the clauses are no syntax.
    reservedKeywords: ['QUALIFY', 'MATCH_RECOGNIZE', 'GRAPH_TABLE'],
  }
}

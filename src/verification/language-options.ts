import { type JsonObject, toJson } from '@bufbuild/protobuf'
import { z } from 'zod'
import { enumOf, messageOf } from './descriptors.ts'
import type { Reference } from './reference.ts'

const maximum = z.looseObject({ enabledLanguageFeatures: z.array(z.string()) })
const typeName = 'zetasql.LanguageOptionsProto'

/** Everything the analyzer can read: "maximum features" leaves out the pipe syntax and every statement but queries. */
export function languageOptions(reference: Reference): JsonObject {
  const { registry } = reference
  const request = reference.encode('zetasql.local_service.LanguageOptionsRequest', { maximumFeatures: true })
  const answer = toJson(messageOf(registry, typeName), reference.call('GetLanguageOptions', [request], typeName))
  const features = maximum.parse(answer).enabledLanguageFeatures
  const pipes = [...enumOf(registry, 'zetasql.LanguageFeature').keys()].filter(name => /^FEATURE_.*PIPE/.test(name))
  const statements = [...enumOf(registry, 'zetasql.ResolvedNodeKind').keys()].filter(name => name.endsWith('_STMT'))
  return {
    enabledLanguageFeatures: [...new Set([...features, ...pipes])],
    supportedStatementKinds: statements,
    reservedKeywords: ['QUALIFY'],
  }
}

import type { Script } from '../../googlesql/ast/script.ts'
import { nodesOf } from '../../googlesql/walk.ts'
import type { Feature, FunctionUse } from '../../model/statement.ts'
import { findFunction } from '../functions/find-function.ts'

/** The functions that a text calls, by name alone. */
export function describeFunctions({ script }: { readonly script: Script }): readonly FunctionUse[] {
  const names = nodesOf(script, 'FunctionCall').map(({ name }) => name.parts.map(({ text }) => text).join('.'))
  const unique = [...new Set(names.map(name => name.toUpperCase()))].sort()
  return unique.map(name => ({ name, class: findFunction(name)?.class ?? 'unknown' }))
}

/** What no reader of the text can judge, and what makes it so. */
export function featuresOfScript(script: Script): readonly Feature[] {
  const features = new Set<Feature>(['unverified'])
  if (script.statements.length > 1) features.add('multi_statement')
  if (nodesOf(script, 'ExecuteImmediate').length > 0) features.add('dynamic_sql')
  return [...features].sort()
}

import type { Script } from '../../googlesql/ast/script.ts'
import { nodesOf } from '../../googlesql/walk.ts'
import type { Feature, FunctionUse, StatementFacts, StatementKind } from '../../model/statement.ts'
import { findFunction } from '../functions/find-function.ts'
import { dynamicStatement } from '../script/dynamic-sql.ts'

/** The functions that a text calls, by name alone. */
export function describeFunctions(script: Script): readonly FunctionUse[] {
  const names = nodesOf(script, 'FunctionCall').map(({ name }) => name.parts.map(({ text }) => text).join('.'))
  const unique = [...new Set(names.map(name => name.toUpperCase()))].sort()
  return unique.map(name => ({ name, class: findFunction(name)?.class ?? 'unknown' }))
}

/** What no reader of the text can judge, and what makes it so. */
export function featuresOfScript(script: Script): readonly Feature[] {
  const features = new Set<Feature>(['unverified'])
  const isDynamic = nodesOf(script, 'ExecuteImmediate').some(statement => dynamicStatement(statement) === undefined)
  if (isDynamic) features.add('dynamic_sql')
  return [...features].sort()
}

/** The facts of a script, or of a call that runs one: policy must grant it, and every kind of statement in it. */
export function asScript(facts: StatementFacts, inside: () => readonly StatementKind[]): StatementFacts {
  if (facts.class !== 'script' && facts.class !== 'call') return facts
  const { kind, class: own } = facts
  const inner = inside().filter(({ class: of }) => of !== own)
  const features = [...new Set<Feature>([...facts.features, 'multi_statement'])].sort()
  return { ...facts, features, statements: [{ kind, class: own }, ...inner] }
}

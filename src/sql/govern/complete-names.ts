import type { Path } from '../../googlesql/ast/name.ts'
import type { Script } from '../../googlesql/ast/script.ts'
import { synthetic as at } from '../../googlesql/ast/span.ts'
import type { Statement } from '../../googlesql/ast/statement.ts'
import { rewrite } from '../../googlesql/rewrite.ts'
import { namedAccesses } from '../statement/named-accesses.ts'
import type { NameDefaults } from '../table-name.ts'
import { identifier } from './build.ts'

/** A statement in which every object that it makes, changes or copies has its complete name. Tables in FROM and calls get theirs where they are replaced. */
export function withCompleteNames(statement: Statement, defaults: NameDefaults): Statement {
  if (statement.kind === 'QueryStatement') return statement
  const script: Script = { kind: 'Script', statements: [statement], at: statement.at }
  const complete = new Map<Path, Path>()
  for (const { path, id } of namedAccesses(script, defaults)) {
    complete.set(path, { kind: 'Path', parts: [identifier(id)], at })
  }
  return rewrite(statement, {
    TableReference: (_, original) => original,
    TableFunction: (_, original) => original,
    FunctionCall: (_, original) => original,
    Path: (node, original) => complete.get(original) ?? node,
  })
}

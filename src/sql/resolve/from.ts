import type { PostfixOperator, TableExpression } from '../../googlesql/ast/table.ts'
import { type Environment, resolveQuery, scopeOf } from './context.ts'
import { joinScopes } from './join.ts'
import { matchRecognize } from './match-recognize.ts'
import { pivot, unpivot } from './pivot.ts'
import { emptyFrom, type FromScope } from './relation.ts'
import { queryNamed, rowsNamed, sideBySide } from './rows.ts'
import { resolveTable } from './table.ts'
import { resolveTableFunction } from './table-function.ts'
import { resolveUnnest } from './unnest.ts'

/** What FROM brings into scope. `left` is what stands to the left of an item, which array paths and UNNEST can see. */
export function resolveFrom(node: TableExpression, env: Environment, left: FromScope = emptyFrom): FromScope {
  if (node.kind === 'JoinChain') {
    return node.joins.reduce(
      (before, join) => {
        const right = resolveFrom(join.right, env, sideBySide(left, before))
        return joinScopes(before, right, join, env)
      },
      resolveFrom(node.first, env, left),
    )
  }
  const from = resolveItem(node, env, left)
  return node.postfix.reduce((input, operator) => applyPostfix(operator, input, env), from)
}

function resolveItem(
  node: Exclude<TableExpression, { readonly kind: 'JoinChain' }>,
  env: Environment,
  left: FromScope,
): FromScope {
  switch (node.kind) {
    case 'TableReference':
      return resolveTable(node, env, left)
    case 'UnnestReference':
      return resolveUnnest(node, scopeOf(env, left))
    case 'SubqueryReference': {
      // A subquery in FROM does not see its neighbours, unless it is LATERAL.
      const outer = node.lateral ? scopeOf(env, left) : env.outer
      return queryNamed(node.alias?.text, resolveQuery(node.query, { ...env, outer }))
    }
    case 'TableFunction':
      return resolveTableFunction(node, env)
    case 'ParenthesizedJoin':
      return resolveFrom(node.join, env, left)
  }
}

export function applyPostfix(operator: PostfixOperator, from: FromScope, env: Environment): FromScope {
  const { features } = env.context
  switch (operator.kind) {
    case 'TableSample':
      features.add('table_sample')
      return from
    case 'Pivot':
      features.add('pivot')
      return rowsNamed(operator.alias?.text, pivot(operator, scopeOf(env, from)))
    case 'Unpivot':
      features.add('unpivot')
      return rowsNamed(operator.alias?.text, unpivot(operator, scopeOf(env, from)))
    case 'MatchRecognize':
      features.add('match_recognize')
      return rowsNamed(operator.alias?.text, matchRecognize(operator, scopeOf(env, from)))
  }
}

import type { Draft } from './analyze.ts'

/**
 * Whether a text is one SELECT with nothing behind its WHERE. What was put between the parentheses of that WHERE is then one
 * condition: anything that ended it early and went on would show as a clause or a statement.
 */
export function isPlainRead({ script }: Pick<Draft, 'script'>): boolean {
  const [statement, ...more] = script.statements
  if (statement?.kind !== 'QueryStatement' || more.length > 0) return false
  const { with: entries, body, orderBy, limit, pipes } = statement.query
  if (entries !== undefined || orderBy.length > 0 || limit !== undefined || pipes.length > 0) return false
  if (body.kind !== 'Select') return false
  const { groupBy, having, qualify, windows } = body
  return groupBy === undefined && having === undefined && qualify === undefined && windows.length === 0
}

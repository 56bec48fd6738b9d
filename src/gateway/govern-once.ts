import type { Decision } from '../model/decision.ts'
import type { GovernedSql, MaskKey } from '../model/governed.ts'
import type { Analyzed } from '../sql/analyze.ts'
import { govern } from '../sql/govern.ts'

/** One analysis is governed in as many ways as policy has for those who ask; few of them are remembered. */
const maxWays = 8
const known = new WeakMap<Analyzed, Map<string, GovernedSql>>()

/** The governed text, made once for one analysis and all that policy said of it. What policy says is asked every time. */
export function governOnce(analyzed: Analyzed, decision: Decision, maskKey: MaskKey | undefined): GovernedSql {
  const ways = known.get(analyzed) ?? new Map<string, GovernedSql>()
  const key = keyOf(decision, maskKey)
  const found = ways.get(key)
  if (found !== undefined) return found
  const governed = govern(analyzed, decision, maskKey)
  if (ways.size >= maxWays) ways.clear()
  known.set(analyzed, ways.set(key, governed))
  return governed
}

/** Everything in a decision but its own id. */
function keyOf({ id: _, ...said }: Decision, maskKey: MaskKey | undefined): string {
  return JSON.stringify([said, maskKey], asList)
}

// JSON leaves out what maps and sets hold.
function asList(_: string, value: unknown): unknown {
  return value instanceof Map || value instanceof Set ? [...value] : value
}

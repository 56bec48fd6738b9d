import type { Decision } from '../model/decision.ts'
import type { StatementFacts } from '../model/statement.ts'
import type { Ports } from './ports.ts'
import type { Visit } from './query.ts'
import { questionAbout } from './question.ts'

/** A no of the policy, and what it was said of. */
export type Refused = { readonly statement: StatementFacts; readonly decision: Decision }

/**
 * What may be told of a no. What the names alone are denied for is all that is said where there is such a thing: further
 * reasons would tell what exists behind a closed name, and how its columns are called.
 */
export async function tellable(refused: Refused, named: StatementFacts, visit: Visit, ports: Ports): Promise<Refused> {
  const decision = await ports.decide(questionAbout(visit, named, ports))
  return decision.effect === 'deny' ? { statement: named, decision } : refused
}

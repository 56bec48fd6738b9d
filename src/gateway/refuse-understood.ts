import type { Decision } from '../model/decision.ts'
import { describeText } from '../sql/analyze.ts'
import type { Refusal } from './outcome.ts'
import type { Ports } from './ports.ts'
import { questionAbout } from './question.ts'
import type { Understood } from './read-statement.ts'
import { refuse } from './refuse.ts'
import { suggestRepair } from './suggest-repair.ts'

/**
 * The policy's no to a query that was understood. What the text alone is denied for is all that is said where there is such a
 * thing: further reasons would tell what exists behind a closed name, and how its columns are called.
 */
export async function refuseUnderstood(
  { analyzed, asking }: Understood,
  decision: Decision,
  ports: Ports,
): Promise<Refusal> {
  const { visit, draft, settings } = asking
  const facts = describeText(draft, settings)
  const byText = await ports.decide(questionAbout(visit, facts, ports))
  if (byText.effect !== 'deny')
    return refuse(visit, analyzed.statement, decision, ports, await suggestRepair(asking, decision, ports))
  return refuse(visit, facts, byText, ports, await suggestRepair(asking, byText, ports))
}

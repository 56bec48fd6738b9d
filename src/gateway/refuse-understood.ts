import type { Decision } from '../model/decision.ts'
import { describeText } from '../sql/analyze.ts'
import type { Refusal } from './outcome.ts'
import type { Ports } from './ports.ts'
import type { Understood } from './read-statement.ts'
import { refuse } from './refuse.ts'
import { suggestRepair } from './suggest-repair.ts'
import { tellable } from './tellable.ts'

/** The policy's no to a query that was understood, as far as its text alone lets it be told. */
export async function refuseUnderstood(
  { analyzed, asking }: Understood,
  decision: Decision,
  ports: Ports,
): Promise<Refusal> {
  const { visit, draft, settings } = asking
  const told = await tellable({ statement: analyzed.statement, decision }, describeText(draft, settings), visit, ports)
  return refuse(visit, told.statement, told.decision, ports, await suggestRepair(asking, told.decision, ports))
}

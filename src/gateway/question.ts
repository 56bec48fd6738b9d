import type { Estimate, Question } from '../model/decision.ts'
import type { StatementFacts } from '../model/statement.ts'
import type { Ports } from './ports.ts'
import type { Visit } from './query.ts'

/** What the policy decision point is asked about a statement; with an estimate, for the second time. */
export function questionAbout(visit: Visit, statement: StatementFacts, ports: Ports, estimate?: Estimate): Question {
  return {
    phase: estimate === undefined ? 'parse' : 'estimate',
    principal: visit.principal,
    origin: visit.origin,
    statement,
    parameters: visit.asked.parameters,
    project: visit.asked.project,
    location: visit.asked.location,
    now: ports.now(),
    ...(estimate === undefined ? {} : { estimate }),
  }
}

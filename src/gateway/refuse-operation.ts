import { Failure } from '../model/failure.ts'
import { closingFailures } from './close-failed.ts'
import { openMetadataVisit } from './open-visit.ts'
import type { Ports } from './ports.ts'
import type { Request } from './query.ts'

/** Refuses what no policy can grant yet, and puts on record who asked for it. `text` describes what was asked for. */
export async function refuseOperation(request: Request, text: string, detail: string, ports: Ports): Promise<never> {
  const visit = await openMetadataVisit(request, text, ports)
  return closingFailures(visit, ports, async () => {
    throw new Failure('operation_refused', { detail })
  })
}

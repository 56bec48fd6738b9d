import type { Finished, Recorded } from '../model/session-event.ts'
import { closingFailures } from './close-failed.ts'
import { openMetadataVisit } from './open-visit.ts'
import type { Ports } from './ports.ts'
import type { Request, Visit } from './query.ts'

/** A part of the catalog as one principal may see it, on record. */
export type CatalogView<T> = { readonly view: T; readonly recorded: Recorded<Finished> }

/** The frame of every look at the catalog: authenticate, look, record, answer. */
export async function lookAtCatalog<T>(
  request: Request,
  text: string,
  ports: Ports,
  look: (visit: Visit) => Promise<{ view: T; count: number }>,
): Promise<CatalogView<T>> {
  const visit = await openMetadataVisit(request, text, ports)
  return closingFailures(visit, ports, async () => {
    const { view, count } = await look(visit)
    const { principal, origin, asked, beganAt } = visit
    const at = ports.now()
    const durationMs = at.getTime() - beganAt.getTime()
    const event = { at, principal, origin, asked, statistics: {}, rowsDelivered: count, durationMs }
    return { view, recorded: await ports.record({ ...event, type: 'finished' }) }
  })
}

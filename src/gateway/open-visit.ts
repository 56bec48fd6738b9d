import { Failure } from '../model/failure.ts'
import type { Asked } from '../model/session-event.ts'
import type { Ports } from './ports.ts'
import type { Query, Request, Visit } from './query.ts'
import type { TransferRequest } from './transfer.ts'

/** Authenticates a request that brings SQL and gives it its place in a session. */
export async function openQueryVisit(query: Query, ports: Ports): Promise<Visit> {
  const { settings } = ports
  const bytes = new TextEncoder().encode(query.text).length
  const visit = await openVisit(query, ports, {
    text: bytes > settings.maxQueryBytes ? query.text.slice(0, settings.maxQueryBytes) : query.text,
    parameters: query.parameters,
    project: query.project ?? settings.project,
    location: query.location ?? settings.location,
    ...(query.defaultDataset === undefined ? {} : { defaultDataset: query.defaultDataset }),
    ...(query.labels === undefined ? {} : { labels: query.labels }),
    ...(query.destination === undefined ? {} : { destination: query.destination }),
    ...(query.hints === undefined ? {} : { hints: query.hints }),
    ...(query.jobId === undefined ? {} : { jobId: query.jobId }),
  })
  if (bytes > settings.maxQueryBytes) {
    throw new Failure('request_too_large', {
      detail: `A query may have ${settings.maxQueryBytes} bytes; this one has ${bytes}.`,
    })
  }
  return visit
}

/** The same for rows that move without SQL. */
export function openTransferVisit(transfer: TransferRequest, ports: Ports): Promise<Visit> {
  const { settings } = ports
  const { text, project, location = settings.location, labels, jobId } = transfer
  const wishes = { ...(labels === undefined ? {} : { labels }), ...(jobId === undefined ? {} : { jobId }) }
  const asked = { text, parameters: [], project, location, ...wishes }
  return openVisit(transfer, ports, asked)
}

/** The same for a look at the catalog: the text is a description of what was asked for. */
export function openMetadataVisit(request: Request, text: string, ports: Ports): Promise<Visit> {
  const { project, location } = ports.settings
  return openVisit(request, ports, { text, parameters: [], project, location })
}

async function openVisit(request: Request, ports: Ports, asked: Omit<Asked, 'action'>): Promise<Visit> {
  const principal = await ports.authenticate(request.credential)
  const beganAt = ports.now()
  const sessionId = ports.openSession(principal, request.client, beganAt)
  const { client, purpose, signal, action } = request
  const origin = { sessionId, requestId: ports.newId(), client, ...(purpose === undefined ? {} : { purpose }) }
  return { principal, origin, asked: { ...asked, action }, beganAt, signal }
}

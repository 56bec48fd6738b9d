import { z } from 'zod'
import { Failure } from '../../../model/failure.ts'
import { findJob } from '../../bigquery/find-job.ts'
import { defineMethod } from '../method.ts'
import { type Part, partsOf } from '../pages.ts'
import { openFormat, type RowFormat } from '../row-format.ts'
import type { Reading } from '../stream-names.ts'

const readRowsRequest = z.strictObject({
  readStream: z.string().min(1),
  offset: z
    .string()
    .regex(/^\d{1,15}$/)
    .transform(Number)
    .exactOptional(),
})

/** The rows of a stream, from an offset on. A client that lost its connection goes on where it was. */
export const readRows = defineMethod({
  name: 'ReadRows',
  takes: 'ReadRowsRequest',
  gives: 'ReadRowsResponse',
  streams: true,
  message: readRowsRequest,
  run: async ({ message: { readStream, offset = 0 }, request, principal, desk }) => {
    const reading = desk.streamNames.open(readStream, principal)
    const { project, location, job } = reading
    const entry = await findJob({ path: { project, job }, query: { location }, request, principal, desk })
    if ('state' in entry) return entry
    const messages = rowMessages(partsOf(entry, offset, desk, request.signal), reading, offset)
    return { state: 'streamed', messages, decisionId: entry.job.decision.id }
  },
})

/** The schema comes with the first rows. */
async function* rowMessages(parts: AsyncIterable<Part>, { format: name, places }: Reading, offset: number) {
  let format: RowFormat | undefined
  for await (const part of parts) {
    if (offset > part.totalRows) {
      throw new Failure('request_invalid', { detail: `offset: the stream has ${part.totalRows} rows.` })
    }
    const isFirst = format === undefined
    format ??= openFormat(name, part.fields, places)
    const schema = isFirst ? format.schema : {}
    if (part.rows.length > 0) yield { ...format.rows(part.rows), ...schema, stats: { progress: progressOf(part) } }
  }
}

function progressOf({ rows, startRow, totalRows }: Part) {
  const all = Math.max(1, totalRows)
  return { atResponseStart: startRow / all, atResponseEnd: (startRow + rows.length) / all }
}

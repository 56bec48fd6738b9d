import { z } from 'zod'
import { Failure } from '../../../model/failure.ts'
import { findJob } from '../../bigquery/find-job.ts'
import { type ArrowMessages, arrowMessages } from '../arrow/record-batch.ts'
import { defineMethod } from '../method.ts'
import { type Part, partsOf } from '../pages.ts'

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
    const { project, location, job, places } = desk.streamNames.open(readStream, principal)
    const entry = findJob({ path: { project, job }, query: { location }, principal, desk })
    const messages = rowMessages(partsOf(entry, offset, desk, request.signal), places, offset)
    return { state: 'streamed', messages, decisionId: entry.job.decision.id }
  },
})

/** The schema comes with the first rows. */
async function* rowMessages(parts: AsyncIterable<Part>, places: readonly number[], offset: number) {
  let arrow: ArrowMessages | undefined
  for await (const part of parts) {
    if (offset > part.totalRows) {
      throw new Failure('request_invalid', { detail: `offset: the stream has ${part.totalRows} rows.` })
    }
    const known = arrow
    arrow ??= arrowMessages(part.fields, places)
    if (part.rows.length === 0) continue
    yield {
      ...rowMessage(part, arrow.batch),
      ...(known === undefined ? { arrowSchema: { serializedSchema: arrow.schema } } : {}),
    }
  }
}

function rowMessage({ rows, startRow, totalRows }: Part, batch: ArrowMessages['batch']): object {
  const rowCount = BigInt(rows.length)
  const all = Math.max(1, totalRows)
  const progress = { atResponseStart: startRow / all, atResponseEnd: (startRow + rows.length) / all }
  return { rowCount, arrowRecordBatch: { serializedRecordBatch: batch(rows), rowCount }, stats: { progress } }
}

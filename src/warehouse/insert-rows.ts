import { z } from 'zod'
import type { RowProblem } from '../gateway/transfer-port.ts'
import { Failure } from '../model/failure.ts'
import type { TransferStarted } from '../model/session-event.ts'
import type { SendBytes } from './send-bytes.ts'

const error = z.object({
  reason: z.string().default(''),
  location: z.string().default(''),
  message: z.string().default(''),
})
const answer = z.object({
  insertErrors: z
    .array(z.object({ index: z.coerce.number().default(0), errors: z.array(error).default([]) }))
    .nullish(),
})

/** Streams rows into a table, once: sent again they might be there twice. */
export async function insertRows(
  send: SendBytes,
  { statement }: TransferStarted,
  body: Uint8Array,
  signal: AbortSignal,
): Promise<readonly RowProblem[]> {
  const { destination } = statement.transfer
  if (destination === undefined) throw new Failure('internal', {}, { cause: 'rows are inserted nowhere' })
  const { project, dataset, table } = destination.table
  const [inProject, inDataset, into] = [project, dataset, table].map(encodeURIComponent)
  const target = `/bigquery/v2/projects/${inProject}/datasets/${inDataset}/tables/${into}/insertAll?prettyPrint=false`
  const headers = { 'content-type': 'application/json', 'content-length': String(body.length) }
  const { body: text } = await send({ method: 'POST', target, headers, content: [body] }, signal)
  return answer.parse(JSON.parse(text)).insertErrors ?? []
}

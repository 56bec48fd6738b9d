import { z } from 'zod'
import { Failure } from '../model/failure.ts'
import type { TransferStarted } from '../model/session-event.ts'
import type { Transfer } from '../model/transfer.ts'
import { alteredFields } from './altered-fields.ts'
import type { ApiClient } from './client.ts'
import type { SendBytes } from './send-bytes.ts'

const definition = z.object({
  etag: z.string(),
  schema: z.object({ fields: z.array(z.record(z.string(), z.unknown())).default([]) }).default({ fields: [] }),
})

/** Changes a definition from how it is at this moment, so that nothing is lost that the change does not speak of. */
export async function alterDefinition(
  call: ApiClient,
  send: SendBytes,
  { statement }: TransferStarted,
  signal: AbortSignal,
): Promise<void> {
  const { altered, options } = statement.transfer
  if (altered === undefined) throw new Failure('internal', {}, { cause: 'nothing is altered' })
  const { project } = altered
  const path = pathOf(altered)
  const { etag, schema } = definition.parse(await call({ method: 'GET', project, path }, signal))
  const body = Buffer.from(JSON.stringify(changeOf(options, schema.fields)))
  const target = `/bigquery/v2/projects/${encodeURIComponent(project)}${path}?prettyPrint=false`
  const headers = { 'content-type': 'application/json', 'content-length': String(body.length), 'if-match': etag }
  await send({ method: 'PATCH', target, headers, content: [body] }, signal)
}

function pathOf({ dataset, table }: NonNullable<Transfer['altered']>): string {
  const place = `/datasets/${encodeURIComponent(dataset)}`
  return table === '' ? place : `${place}/tables/${encodeURIComponent(table)}`
}

const changedSchema = z.object({ fields: z.array(z.record(z.string(), z.unknown())) })

function changeOf({ schema, ...options }: Transfer['options'], fields: Parameters<typeof alteredFields>[0]): object {
  if (schema === undefined) return options
  return { ...options, schema: { fields: alteredFields(fields, changedSchema.parse(schema).fields) } }
}

import { randomUUID } from 'node:crypto'
import type { UploadPart } from '../gateway/transfer-port.ts'
import { Failure } from '../model/failure.ts'
import type { TransferStarted } from '../model/session-event.ts'
import type { Content } from '../model/transfer.ts'
import { openMeter } from './measured-content.ts'
import type { SendBytes } from './send-bytes.ts'
import { transferRequest } from './transfer-request.ts'

/** A load and its file in one request. */
export async function sendWhole(
  send: SendBytes,
  started: TransferStarted,
  content: AsyncIterable<Uint8Array>,
  signal: AbortSignal,
): Promise<Content> {
  const meter = openMeter()
  const boundary = `sluice-${randomUUID()}`
  const headers = { 'content-type': `multipart/related; boundary=${boundary}` }
  const related = relatedParts(boundary, transferRequest(started), meter.measure(content))
  await send({ method: 'POST', target: uploadPath(started, 'multipart'), headers, content: related }, signal)
  return meter.content()
}

async function* relatedParts(
  boundary: string,
  job: object,
  content: AsyncIterable<Uint8Array>,
): AsyncIterable<Uint8Array> {
  const json = `--${boundary}\r\ncontent-type: application/json; charset=UTF-8\r\n\r\n${JSON.stringify(job)}\r\n`
  yield Buffer.from(`${json}--${boundary}\r\ncontent-type: application/octet-stream\r\n\r\n`)
  yield* content
  yield Buffer.from(`\r\n--${boundary}--\r\n`)
}

/** A load whose file comes in parts: BigQuery keeps them until the last one is there. `ended` makes its job. */
export async function openPartsUpload<Job>(
  send: SendBytes,
  started: TransferStarted,
  ended: (content: Content) => Job,
  signal: AbortSignal,
): Promise<{ send: (part: UploadPart, signal: AbortSignal) => Promise<PartsProgress<Job>> }> {
  const body = Buffer.from(JSON.stringify(transferRequest(started)))
  const headers = {
    'content-type': 'application/json; charset=UTF-8',
    'content-length': String(body.length),
    'x-upload-content-type': 'application/octet-stream',
  }
  const target = uploadPath(started, 'resumable')
  const opened = await send({ method: 'POST', target, headers, content: [body] }, signal)
  const { location } = opened.headers
  if (location === undefined) throw new Failure('warehouse_failed', {}, { cause: 'an upload was opened nowhere' })
  return { send: partsSender(send, location, ended) }
}

type PartsProgress<Job> =
  | { readonly state: 'partly'; readonly received?: string }
  | { readonly state: 'running'; readonly job: Job }

function partsSender<Job>(send: SendBytes, target: string, ended: (content: Content) => Job) {
  const meter = openMeter()
  return async ({ content, range, bytes }: UploadPart, signal: AbortSignal): Promise<PartsProgress<Job>> => {
    const headers = {
      ...(range === undefined ? {} : { 'content-range': range }),
      ...(bytes === undefined ? {} : { 'content-length': String(bytes) }),
    }
    const answer = await send({ method: 'PUT', target, headers, content: meter.measure(content) }, signal)
    if (answer.status !== 308) return { state: 'running', job: ended(meter.content()) }
    const { range: received } = answer.headers
    meter.rewind(received === undefined ? 0 : Number(/-(\d+)$/.exec(received)?.[1] ?? -1) + 1)
    return { state: 'partly', ...(received === undefined ? {} : { received }) }
  }
}

function uploadPath({ job }: TransferStarted, uploadType: 'multipart' | 'resumable'): string {
  return `/upload/bigquery/v2/projects/${encodeURIComponent(job.project)}/jobs?uploadType=${uploadType}`
}

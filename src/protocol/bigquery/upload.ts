import type { IncomingMessage } from 'node:http'
import { abandonUpload } from '../../gateway/abandon-upload.ts'
import { openUpload, startUpload } from '../../gateway/transfer.ts'
import { asFailure, Failure } from '../../model/failure.ts'
import type { Answer } from './method.ts'
import { jsonOf, readBytes } from './read-body.ts'
import { readRelated } from './related-body.ts'
import { answerWithJob, type JobCall, readTransfer } from './transfer-job.ts'
import type { UploadBook } from './upload-book.ts'

/** A request of an upload: its body is read by whoever it is for. */
export type UploadCall = Omit<JobCall, 'body'> & { readonly message: IncomingMessage; readonly uploads: UploadBook }

/** What a part of an upload is answered with; `partly` says which bytes are there. */
export type UploadAnswer =
  | Answer
  | { readonly state: 'opened'; readonly id: string; readonly decisionId: string }
  | { readonly state: 'partly'; readonly received?: string | undefined }

const maxHeadBytes = 1_048_576

/** A load and its file in one body. The file is passed on as it comes. */
export async function uploadWhole(call: UploadCall): Promise<UploadAnswer> {
  const { message, desk } = call
  const { head, content } = await readRelated(bytesOf(message), String(message.headers['content-type']), maxHeadBytes)
  const asked = readTransfer('load', { ...call, body: jsonOf(head, 'application/json') })
  refuseFiles(asked.request.transfer.uris)
  const started = await startUpload(asked.request, atMost(desk.options.maxUploadBytes, content), desk.ports)
  return started.state === 'running' ? answerWithJob(started.job, asked, desk) : started
}

/** A load whose file will follow in parts. */
export async function openUploadInParts(call: UploadCall): Promise<UploadAnswer> {
  const { message, desk, uploads, principal } = call
  const { headers } = message
  refuseTooLarge(Number(headers['x-upload-content-length'] ?? 0), desk.options.maxUploadBytes)
  const body = jsonOf(await readBytes(message, headers, maxHeadBytes), headers['content-type'])
  const asked = readTransfer('load', { ...call, body })
  refuseFiles(asked.request.transfer.uris)
  const opened = await openUpload(asked.request, desk.ports)
  if (opened.state !== 'open') return opened
  const { id, evicted } = uploads.open({ ...opened, asked, principal })
  if (evicted !== undefined) {
    abandonUpload(evicted.started, desk.ports).catch(thrown => desk.report(asFailure(thrown), 'upload'))
  }
  return { state: 'opened', id, decisionId: opened.started.event.decision.id }
}

/** One part of it; with the last one its job begins. */
export async function sendPart(id: string, call: UploadCall): Promise<UploadAnswer> {
  const { message, desk, uploads, principal, request } = call
  const entry = uploads.find(id, principal)
  if (entry === undefined) {
    throw new Failure('not_found', { detail: 'There is no such upload.', next: 'Begin the upload again.' })
  }
  const { 'content-range': range, 'content-length': bytes } = message.headers
  const { maxUploadBytes } = desk.options
  refuseTooLarge(endOf(range), maxUploadBytes)
  const content = atMost(maxUploadBytes, bytesOf(message))
  const part = {
    content,
    ...(range === undefined ? {} : { range }),
    ...(bytes === undefined ? {} : { bytes: Number(bytes) }),
  }
  const progress = await entry.upload.send(part, request.signal)
  if (progress.state === 'partly') return progress
  uploads.close(id)
  return answerWithJob(progress.job, entry.asked, desk)
}

/** Whoever stops reading early leaves the connection open, for the answer. */
function bytesOf(message: IncomingMessage): AsyncIterable<Buffer> {
  return message.iterator({ destroyOnReturn: false })
}

/** The number of the last byte that a part says it has. */
function endOf(range: string | undefined): number {
  if (range === undefined) return 0
  const [, end] = /^bytes (?:\d+-(\d+)|\*)\/(?:\d+|\*)$/.exec(range) ?? []
  if (end === undefined && !range.startsWith('bytes *')) {
    throw new Failure('request_invalid', { detail: 'Content-Range is not as uploads have it.' })
  }
  return Number(end ?? 0)
}

function refuseFiles(uris: readonly string[]): void {
  if (uris.length === 0) return
  throw new Failure('request_invalid', { detail: 'sourceUris: a load has either these or an upload.' })
}

function refuseTooLarge(bytes: number, maxBytes: number): void {
  if (bytes > maxBytes) throw tooLarge(maxBytes)
}

async function* atMost(maxBytes: number, content: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let bytes = 0
  for await (const part of content) {
    bytes += part.length
    refuseTooLarge(bytes, maxBytes)
    yield part
  }
}

function tooLarge(maxBytes: number): Failure {
  return new Failure('request_too_large', { detail: `An upload may have ${maxBytes} bytes.` })
}

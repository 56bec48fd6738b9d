import type { IncomingMessage } from 'node:http'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { Failure } from '../../model/failure.ts'
import { readStrictly } from '../read-strictly.ts'
import { refuseOtherProject } from './admit.ts'
import { answerWith } from './answer-with.ts'
import { type BigQueryDesk, type Caller, requestOf } from './desk.ts'
import { projectName } from './names.ts'
import { parametersOf } from './query-string.ts'
import { pathSegments } from './request-path.ts'
import { openUploadInParts, sendPart, type UploadAnswer, type UploadCall, uploadWhole } from './upload.ts'
import { openUploadBook, type UploadBook } from './upload-book.ts'

const action = 'bigquery.jobs.insert'
const path = /^(?:resumable\/)?upload\/bigquery\/v2\/projects\/([^/]+)\/jobs$/
/** What is left of a file that was refused is read, so that its sender hears why; more than this is cut off. */
const maxDrainedBytes = 64 * 1024 ** 2

/** Mounts what takes files: bodies are left as they come, for whoever reads them. */
export function mountUploads(app: FastifyInstance, desk: BigQueryDesk): void {
  const uploads = openUploadBook(desk.options.maxOpenUploads)
  app.register(async scope => {
    scope.removeAllContentTypeParsers()
    scope.addContentTypeParser('*', async () => undefined)
    for (const url of ['/upload/*', '/resumable/*']) {
      scope.all(url, (request, reply) => serveUpload(request, reply, desk, uploads))
    }
  })
}

async function serveUpload(
  request: FastifyRequest,
  reply: FastifyReply,
  desk: BigQueryDesk,
  uploads: UploadBook,
): Promise<FastifyReply> {
  const call = callOf(request, desk, uploads)
  const parameters = parametersOf(request.raw.url ?? '')
  const answer = await answerTo(request.method, parameters, call).finally(() => drain(request.raw))
  switch (answer.state) {
    case 'opened': {
      const location = new URL(`/upload/bigquery/v2/projects/${call.path.project}/jobs`, desk.publicUrl())
      location.search = String(new URLSearchParams({ uploadType: 'resumable', upload_id: answer.id }))
      const headers = {
        location: location.href,
        'x-guploader-uploadid': answer.id,
        'sluice-decision': answer.decisionId,
      }
      return reply.headers(headers).send()
    }
    case 'partly':
      return reply
        .code(308)
        .headers(answer.received === undefined ? {} : { range: answer.received })
        .send()
    default:
      await answerWith(answer, body => body, request, reply)
      return reply
  }
}

function answerTo(verb: string, parameters: Readonly<Record<string, string>>, call: UploadCall): Promise<UploadAnswer> {
  const { uploadType, upload_id: id } = parameters
  if (verb === 'PUT' && id !== undefined) return sendPart(id, call)
  if (verb === 'POST' && uploadType === 'multipart') return uploadWhole(call)
  if (verb === 'POST' && uploadType === 'resumable' && id === undefined) return openUploadInParts(call)
  throw new Failure('request_invalid', { detail: 'uploadType: is multipart or resumable.' })
}

async function drain(message: IncomingMessage): Promise<void> {
  if (message.readableEnded || message.destroyed) return
  let bytes = 0
  try {
    for await (const part of message.iterator({ destroyOnReturn: false })) {
      bytes += (part as Buffer).length
      if (bytes > maxDrainedBytes) return
    }
  } catch {
    // Who has left needs no answer.
  }
}

function callOf(request: FastifyRequest, desk: BigQueryDesk, uploads: UploadBook): UploadCall {
  const [, name] = path.exec(pathSegments(request.raw.url ?? '').join('/')) ?? []
  if (name === undefined) throw new Failure('not_found', { detail: 'There is no such method.' })
  const project = readStrictly(projectName, name, 'project')
  refuseOtherProject(request.headers['x-goog-user-project'], { project })
  const caller = request.getDecorator<Caller>('caller')
  const { principal } = caller
  return { path: { project }, request: requestOf(caller, action), principal, desk, message: request.raw, uploads }
}

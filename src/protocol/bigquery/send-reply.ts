import { promisify } from 'node:util'
import { gzip } from 'node:zlib'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { errorEnvelope, type GoogleError } from './error-envelope.ts'

const zip = promisify(gzip)
const worthZippingBytes = 1_024
/** The first level takes a quarter of the time of the usual one, for a tenth more bytes. */
const zipOptions = { level: 1 }

export async function sendBody(request: FastifyRequest, reply: FastifyReply, body: object | undefined): Promise<void> {
  if (body === undefined) {
    await reply.code(204).send()
    return
  }
  const bytes = Buffer.from(JSON.stringify(body))
  reply.type('application/json; charset=UTF-8').header('vary', 'Accept-Encoding').header('cache-control', 'private')
  const isZipped = bytes.length >= worthZippingBytes && acceptsGzip(request.headers['accept-encoding'])
  if (isZipped) reply.header('content-encoding', 'gzip')
  await reply.send(isZipped ? await zip(bytes, zipOptions) : bytes)
}

function acceptsGzip(header: string | string[] | undefined): boolean {
  return /(^|[,\s])gzip\s*($|,|;\s*q=(1|0\.[1-9]))/.test(String(header ?? ''))
}

export async function sendError(request: FastifyRequest, reply: FastifyReply, error: GoogleError): Promise<void> {
  reply.code(error.status)
  if (error.status === 401) reply.header('www-authenticate', 'Bearer realm="Sluice", error="invalid_token"')
  await sendBody(request, reply, errorEnvelope(error))
}

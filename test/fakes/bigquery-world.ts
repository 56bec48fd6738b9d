import { request as httpRequest, type IncomingHttpHeaders } from 'node:http'
import { openJobBook } from '../../src/protocol/bigquery/job-book.ts'
import { mountBigQuery } from '../../src/protocol/bigquery/mount.ts'
import { bigqueryOptions } from '../../src/protocol/bigquery/options.ts'
import { type DoorScript, type DoorWorld, openDoorWorld } from './door-world.ts'

export function openBigQueryWorld({
  bigquery = {},
  ...script
}: DoorScript & { readonly bigquery?: object } = {}): Promise<DoorWorld> {
  return openDoorWorld(script, (app, publicUrl, { ports, report }) => {
    const options = bigqueryOptions.parse(bigquery)
    const nameKey = 'a key of tests'
    mountBigQuery(app, publicUrl, { ports, report, options, nameKey, jobs: openJobBook(options.maxOpenJobs) })
  })
}

export type Sent = {
  readonly method?: string
  readonly body?: unknown
  readonly bytes?: Buffer
  readonly headers?: Readonly<Record<string, string>>
  readonly token?: string
  readonly signal?: AbortSignal
}
export type Reply = { readonly status: number; readonly headers: IncomingHttpHeaders; readonly bytes: Buffer }

/** Sends exactly the path that it is given, which `fetch` would tidy up. */
export function send(url: URL, path: string, { method, body, bytes, headers, token, signal }: Sent): Promise<Reply> {
  const payload = bytes ?? (body === undefined ? undefined : JSON.stringify(body))
  const sent = {
    ...(payload === undefined ? {} : { 'content-type': 'application/json' }),
    ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
    ...headers,
  }
  const { hostname, port } = url
  const verb = method ?? (payload === undefined ? 'GET' : 'POST')
  const options = { hostname, port, path, method: verb, headers: sent, ...(signal === undefined ? {} : { signal }) }
  return new Promise((resolve, reject) => {
    const request = httpRequest(options, response => {
      const parts: Buffer[] = []
      response.on('data', part => parts.push(part))
      response.on('end', () => {
        resolve({ status: response.statusCode ?? 0, headers: response.headers, bytes: Buffer.concat(parts) })
      })
    })
    request.on('error', reject)
    request.end(payload)
  })
}

export function jsonIn({ bytes }: Reply) {
  return JSON.parse(bytes.toString('utf8'))
}

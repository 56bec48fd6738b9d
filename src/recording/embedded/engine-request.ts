import { timingSafeEqual } from 'node:crypto'
import type { IncomingHttpHeaders } from 'node:http'
import { readerName, writerName } from './messages.ts'

/** One request of ClickHouse's HTTP interface, as the engine takes it. */
export type EngineRequest = {
  readonly sql: string
  /** What follows an `INSERT … FORMAT`. */
  readonly rows: Buffer
  readonly database: string
  readonly format: string
  readonly settings: ReadonlyMap<string, string>
  readonly parameters: ReadonlyMap<string, string>
  readonly queryId: string
  readonly mayWrite: boolean
}

/** Arguments of the HTTP interface itself; every other one is a setting of the query. */
const ownArguments = new Set([
  'query',
  'query_id',
  'database',
  'default_format',
  'session_id',
  'session_timeout',
  'session_check',
  'user',
  'password',
  'role',
  'compress',
  'decompress',
  'buffer_size',
  'wait_end_of_query',
  'client_protocol_version',
  'enable_http_compression',
])

export function engineRequest(url: URL, body: Buffer, mayWrite: boolean): EngineRequest {
  const given = [...url.searchParams]
  const query = url.searchParams.get('query')
  return {
    sql: query ?? body.toString('utf8'),
    rows: query === null ? Buffer.alloc(0) : body,
    database: url.searchParams.get('database') || 'default',
    format: url.searchParams.get('default_format') ?? 'TabSeparated',
    queryId: url.searchParams.get('query_id') ?? '',
    settings: new Map(given.filter(([name]) => !ownArguments.has(name) && !isForHttp(name))),
    parameters: new Map(given.flatMap(([name, value]) => (isParameter(name) ? [[name.slice(6), value]] : []))),
    mayWrite,
  }
}

function isParameter(name: string): boolean {
  return name.startsWith('param_')
}

function isForHttp(name: string): boolean {
  return isParameter(name) || name.startsWith('http_') || name.startsWith('send_progress')
}

export type Passwords = { readonly writer: string; readonly reader: string }

/** Who asks: the writer, the reader, or nobody. Names and passwords come as ClickHouse takes them. */
export function authenticateRequest(headers: IncomingHttpHeaders, url: URL, passwords: Passwords) {
  const { user, password } = credentialsOf(headers, url)
  if (user === writerName && isSame(password, passwords.writer)) return 'writer'
  if (user === readerName && isSame(password, passwords.reader)) return 'reader'
  return undefined
}

function credentialsOf(headers: IncomingHttpHeaders, url: URL): { user: string; password: string } {
  const basic = /^Basic (.+)$/i.exec(headers.authorization ?? '')?.[1]
  if (basic !== undefined) {
    const [user = '', ...rest] = Buffer.from(basic, 'base64').toString('utf8').split(':')
    return { user, password: rest.join(':') }
  }
  const header = (name: string) => String(headers[name] ?? '')
  return {
    user: header('x-clickhouse-user') || (url.searchParams.get('user') ?? ''),
    password: header('x-clickhouse-key') || (url.searchParams.get('password') ?? ''),
  }
}

function isSame(given: string, expected: string): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(expected)]
  return a.length === b.length && timingSafeEqual(a, b)
}

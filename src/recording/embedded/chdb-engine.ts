import { drainPending, Session } from 'chdb'
import type { EngineRequest } from './engine-request.ts'

export type EngineSettings = {
  readonly path: string
  readonly maxMemoryBytes: number
  readonly maxQuerySeconds: number
}

export type Engine = {
  /** Runs one request and gives the bytes of its answer. Throws with ClickHouse's own message. */
  readonly run: (request: EngineRequest) => Promise<Uint8Array>
  readonly close: () => Promise<void>
}

/** chDB in this process. One session a request: settings of one must not reach the next. */
export function openEngine({ path, maxMemoryBytes, maxQuerySeconds }: EngineSettings): Engine {
  const connectionArgs = [`--max_server_memory_usage=${maxMemoryBytes}`, `--max_execution_time=${maxQuerySeconds}`]
  // Stays open, so that the engine is not torn down and built up between requests.
  const anchor = openAnchor(path, connectionArgs)
  return {
    run: async request => {
      const session = new Session(path)
      try {
        for (const statement of preludeOf(request, maxQuerySeconds)) await session.queryAsync(statement)
        return await runIn(session, request)
      } finally {
        session.close()
      }
    },
    close: async () => {
      await drainPending()
      anchor.close()
      await drainPending()
    },
  }
}

function openAnchor(path: string, connectionArgs: readonly string[]): Session {
  try {
    return new Session(path, { connectionArgs })
  } catch (cause) {
    throw new Error(`The embedded store at ${path} cannot be opened; another process may be using it.`, { cause })
  }
}

async function runIn(session: Session, { sql, rows, format }: EngineRequest): Promise<Uint8Array> {
  const insert = /^\s*INSERT\s+INTO\s+([\w.]+)\s+FORMAT\s+(JSONEachRow|JSONCompactEachRow)\s*$/i.exec(sql)
  const [, table, rowFormat] = insert ?? []
  if (table === undefined || rowFormat === undefined) {
    const text = rows.length === 0 ? sql : `${sql}\n${rows.toString('utf8')}`
    return (await session.queryAsync(text, { format })).bytes()
  }
  await session.insert({ table, values: rows, format: rowFormat as 'JSONEachRow' | 'JSONCompactEachRow' })
  return new Uint8Array()
}

function preludeOf({ database, settings, parameters, mayWrite }: EngineRequest, maxQuerySeconds: number): string[] {
  const asked = [...settings].filter(([name]) => name !== 'max_execution_time')
  const seconds = Math.min(Number(settings.get('max_execution_time') ?? maxQuerySeconds), maxQuerySeconds)
  const all = [...asked, ['max_execution_time', String(seconds)] as const]
  return [
    `USE ${quotedName(database)}`,
    `SET ${all.map(([name, value]) => `${settingName(name)} = ${quoted(value)}`).join(', ')}`,
    ...[...parameters].map(([name, value]) => `SET param_${settingName(name)} = ${quoted(value)}`),
    // Last, because nothing can be set after it. It also shuts off functions that read files and addresses.
    ...(mayWrite ? [] : ['SET readonly = 1']),
  ]
}

function settingName(name: string): string {
  if (!/^\w+$/.test(name)) throw new Error(`Code: 115. DB::Exception: bad setting name ${name}. (UNKNOWN_SETTING)`)
  return name
}

function quoted(value: string): string {
  return `'${value.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`
}

function quotedName(name: string): string {
  return `\`${name.replaceAll('\\', '\\\\').replaceAll('`', '\\`')}\``
}

import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { Command } from 'commander'
import { z } from 'zod'
import { connectStore } from '../recording/clickhouse/connect.ts'
import { listSessions, type SessionSummary } from '../recording/read/list-sessions.ts'
import type { RecordReader } from '../recording/read/reader.ts'
import { printable, rowTable } from '../recording/read/row-table.ts'
import type { SessionFilter } from '../recording/read/session-filter.ts'
import { type SessionRecord, showSession } from '../recording/read/show-session.ts'
import { eventText, sessionHeading, timelineText } from '../recording/read/timeline-text.ts'

/** What a running Sluice leaves in its state directory for commands on the same machine. */
export const stateFileName = 'sluice.json'
export const storeInState = z.object({
  clickhouse_url: z.url(),
  clickhouse_user: z.string(),
  clickhouse_password: z.string(),
  clickhouse_database: z.string().regex(/^\w+$/).default('sluice'),
})

type CommonOptions = { readonly state: string; readonly json?: true }
type ListOptions = CommonOptions & {
  readonly person?: string
  readonly group?: string
  readonly table?: string
  readonly column?: string
  readonly decision?: 'allow' | 'deny' | 'approval_required'
  readonly text?: string
  readonly since?: Date
  readonly limit: number
}

export type Print = (text: string) => void

/** `sluice sessions list | show ID | replay ID` */
export function sessionsCommand(print: Print = text => process.stdout.write(text)): Command {
  const sessions = new Command('sessions').description('Read what is on record, session by session.')
  const withState = (name: string, about: string) =>
    sessions
      .command(name)
      .description(about)
      .option('--state <directory>', 'state directory of the running Sluice', '.sluice')
  withState('list', 'Sessions, the latest first.')
    .option('--json', 'print JSON, one session a line')
    .option('--person <text>', 'part of an e-mail address or subject')
    .option('--group <name>', 'sessions of people in this group')
    .option('--table <id>', 'project.dataset.table that was used')
    .option('--column <name>', 'column that was used, by name or as project.dataset.table.column')
    .option('--decision <effect>', 'allow, deny or approval_required')
    .option('--text <words>', 'words of the query')
    .option('--since <when>', 'a time, or 30m, 12h, 7d ago', parseSince)
    .option('--limit <count>', 'how many', Number, 20)
    .action((options: ListOptions) => list(options, print))
  withState('show <session>', 'One session as a timeline.')
    .option('--json', 'print JSON')
    .action((session: string, options: CommonOptions) => show(session, options, print))
  withState('replay <session>', 'One session as it happened, with its pauses.')
    .option('--speed <factor>', 'how many times faster than it was', Number, 10)
    .action((session: string, options: CommonOptions & { speed: number }) => replay(session, options, print))
  return sessions
}

async function list(options: ListOptions, print: Print): Promise<void> {
  const found = await withReader(options.state, reader => listSessions(reader, filterOf(options), options.limit))
  if (options.json) return print(found.map(session => `${JSON.stringify(session)}\n`).join(''))
  print(found.length === 0 ? 'No sessions are on record.\n' : `${sessionTable(found)}\n`)
}

function filterOf({ person, group, table, column, decision, text, since }: ListOptions): SessionFilter {
  const given = { person, group, table, column, effect: decision, text, since }
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined))
}

function sessionTable(sessions: readonly SessionSummary[]): string {
  const names = ['session', 'person', 'kind', 'client', 'last', 'requests', 'denied', 'failed', 'rows']
  const rows = sessions.map(({ sessionId, email, principal, principalKind, client, lastAt, ...counts }) => {
    const last = lastAt.toISOString().slice(0, 19).replace('T', ' ')
    const numbers = [counts.requests, counts.denied, counts.failed, counts.rowsDelivered].map(String)
    return [sessionId, email || principal, principalKind, client, last, ...numbers]
  })
  return rowTable(names, rows)
}

async function show(session: string, { state, json }: CommonOptions, print: Print): Promise<void> {
  const record = await readSession(state, session)
  if (json) return print(`${JSON.stringify({ ...record, pages: [...record.pages.values()] }, null, 2)}\n`)
  print(printable(timelineText(record), '\n'))
}

const longestPauseMs = 2_000

async function replay(session: string, { state, speed }: CommonOptions & { speed: number }, print: Print) {
  const record = await readSession(state, session)
  const [first] = record.events
  if (first === undefined) return print(printable(timelineText(record), '\n'))
  print(`${printable(sessionHeading(session, first), '\n')}\n\n`)
  for (const [index, event] of record.events.entries()) {
    const before = record.events[index - 1]
    const pauseMs = before === undefined ? 0 : event.ts.getTime() - before.ts.getTime()
    await sleep(Math.min(longestPauseMs, pauseMs / speed))
    print(`${printable(eventText(event, before, record.pages.get(event.event_id)), '\n')}\n`)
  }
}

function readSession(state: string, session: string): Promise<SessionRecord> {
  return withReader(state, reader => showSession(reader, session))
}

async function withReader<T>(state: string, read: (reader: RecordReader) => Promise<T>): Promise<T> {
  const place = await readStore(state)
  const { clickhouse_url: url, clickhouse_user: user, clickhouse_password: password } = place
  const client = connectStore({ url, user, password })
  try {
    return await read({ client, database: place.clickhouse_database })
  } finally {
    await client.close()
  }
}

async function readStore(state: string): Promise<z.infer<typeof storeInState>> {
  const path = join(state, stateFileName)
  const text = await readFile(path, 'utf8').catch(cause => {
    throw new Error(`${path} cannot be read: is Sluice running, and is this its state directory?`, { cause })
  })
  return storeInState.parse(JSON.parse(text))
}

const spans: Readonly<Record<string, number>> = { m: 60_000, h: 3_600_000, d: 86_400_000 }

function parseSince(text: string): Date {
  const [, count, unit = ''] = /^(\d+)([mhd])$/.exec(text) ?? []
  const since = count === undefined ? new Date(text) : new Date(Date.now() - Number(count) * (spans[unit] ?? 0))
  if (Number.isNaN(since.getTime())) throw new Error(`"${text}" is neither a time nor a span such as 30m, 12h or 7d`)
  return since
}

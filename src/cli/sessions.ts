import { setTimeout as sleep } from 'node:timers/promises'
import { Command } from 'commander'
import { type SessionSummary, sessionSummary } from '../recording/read/list-sessions.ts'
import { printable, rowTable } from '../recording/read/row-table.ts'
import { type SessionRecord, sessionRecordOf, timelineColumns } from '../recording/read/show-session.ts'
import { eventText, sessionHeading, timelineText } from '../recording/read/timeline-text.ts'
import { askRecords, askRows, type RecordRow } from './ask-records.ts'
import { type GatewayOptions, gatewayOf, withGateway } from './gateway-option.ts'
import { parseCount, parseFactor } from './parse-argument.ts'
import { type Print, printToStdout } from './print.ts'
import { runAgain } from './replay/run-again.ts'
import { type FilterOptions, filterOf, withFilters } from './session-filter-options.ts'

type CommonOptions = GatewayOptions & { readonly json?: true }
type ListOptions = CommonOptions & FilterOptions & { readonly limit: number }
type ReplayOptions = CommonOptions & { readonly speed: number; readonly run?: true; readonly runTokenFile?: string }
type TailOptions = CommonOptions & FilterOptions & { readonly count?: number }

/** `sluice sessions list | show ID | replay ID | export | tail` */
export function sessionsCommand(print: Print = printToStdout): Command {
  const sessions = new Command('sessions').description('Read what is on record, session by session.')
  const command = (name: string, about: string) => withGateway(sessions.command(name).description(about))
  const searching = (name: string, about: string) => withFilters(command(name, about))
  searching('list', 'Sessions, the latest first.')
    .option('--json', 'print JSON, one session a line')
    .option('--limit <count>', 'how many', parseCount, 20)
    .action((options: ListOptions) => list(options, print))
  command('show <session>', 'One session as a timeline.')
    .option('--json', 'print JSON')
    .action((session: string, options: CommonOptions) => show(session, options, print))
  command('replay <session>', 'One session as it happened, with its pauses.')
    .option('--speed <factor>', 'how many times faster than it was', parseFactor, 10)
    .option('--run', 'run its queries again, on the tables as they were, and compare what they answer')
    .option('--run-token-file <path>', 'with --run: token of somebody who may read the data')
    .action((session: string, options: ReplayOptions) => replay(session, options, print))
  searching('export [session]', 'All rows of one session, or of those that the flags find, as JSON, one a line.')
    .option('--limit <count>', 'sessions at most', parseCount, 1_000)
    .action((session: string | undefined, options: ListOptions) => exportAll(session, options, print))
  searching('tail', 'Events as they come in.')
    .option('--json', 'print JSON, one event a line')
    .option('--count <count>', 'stop after so many', parseCount)
    .action((options: TailOptions) => tail(options, print))
  return sessions
}

async function list(options: ListOptions, print: Print): Promise<void> {
  const question = { ask: 'sessions' as const, filter: filterOf(options), limit: options.limit }
  const found = await askRows(await gatewayOf(options), question, sessionSummary)
  if (options.json) return print(found.map(session => `${JSON.stringify(session)}\n`).join(''))
  print(found.length === 0 ? 'No sessions are on record.\n' : `${sessionTable(found)}\n`)
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

async function show(session: string, options: CommonOptions, print: Print): Promise<void> {
  const record = await readSession('session', session, options)
  if (options.json) return print(`${JSON.stringify({ ...record, pages: [...record.pages.values()] }, null, 2)}\n`)
  print(printable(timelineText(record), '\n'))
}

const longestPauseMs = 2_000

async function replay(session: string, options: ReplayOptions, print: Print): Promise<void> {
  const record = await readSession('replay', session, options)
  if (options.run) return runAll(record, options, print)
  const [first] = record.events
  if (first === undefined) return print(printable(timelineText(record), '\n'))
  print(`${printable(sessionHeading(session, first), '\n')}\n\n`)
  for (const [index, event] of record.events.entries()) {
    const before = record.events[index - 1]
    const pauseMs = before === undefined ? 0 : event.ts.getTime() - before.ts.getTime()
    await sleep(Math.min(longestPauseMs, pauseMs / options.speed))
    print(`${printable(eventText(event, before, record.pages.get(event.event_id)), '\n')}\n`)
  }
}

/** Exits with 1 where a query answers otherwise than it did. */
async function runAll(record: SessionRecord, options: ReplayOptions, print: Print): Promise<void> {
  const { runTokenFile: tokenFile = options.tokenFile, ...rest } = options
  const gateway = await gatewayOf({ ...rest, ...(tokenFile !== undefined && { tokenFile }) })
  const readAgain = (session: string) => readSession('replay', session, options)
  const rows: string[][] = []
  for await (const { event, outcome, because } of runAgain(record, gateway, readAgain)) {
    rows.push([event.ts.toISOString().slice(0, 23), outcome, event.sql || event.governed_sql, because])
    if (outcome === 'other rows' || outcome === 'another hash') process.exitCode = 1
  }
  print(
    rows.length === 0
      ? 'The session ran nothing.\n'
      : `${rowTable(['asked at', 'answer', 'query', 'because'], rows)}\n`,
  )
}

async function readSession(
  ask: 'session' | 'replay',
  session: string,
  options: GatewayOptions,
): Promise<SessionRecord> {
  const rows: RecordRow[] = []
  for await (const row of askRecords(await gatewayOf(options), { ask, session })) rows.push(row)
  return sessionRecordOf(session, rows)
}

async function exportAll(session: string | undefined, options: ListOptions, print: Print): Promise<void> {
  const filter = { ...filterOf(options), ...(session !== undefined && { sessionId: session }) }
  const question = { ask: 'export' as const, filter, limit: options.limit }
  for await (const { record, row } of askRecords(await gatewayOf(options), question)) {
    print(`${JSON.stringify({ record, ...row })}\n`)
  }
}

async function tail(options: TailOptions, print: Print): Promise<void> {
  let left = options.count ?? Number.POSITIVE_INFINITY
  const question = { ask: 'tail' as const, filter: filterOf(options) }
  let shown = ''
  for await (const { row } of askRecords(await gatewayOf(options), question)) {
    const event = timelineColumns.parse(row)
    if (options.json) print(`${JSON.stringify(event)}\n`)
    else {
      // Events of several sessions come in between each other.
      const heading = shown === event.session_id ? '' : `${sessionHeading(event.session_id, event)}\n\n`
      print(`${printable(`${heading}${eventText(event, undefined)}`, '\n')}\n`)
      shown = event.session_id
    }
    left -= 1
    if (left <= 0) return
  }
}

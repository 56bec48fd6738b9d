import type { SessionFilter } from '../../model/record-question.ts'

export type Clause = { readonly sql: string; readonly parameters: Readonly<Record<string, unknown>> }

export type Clauses = {
  readonly [K in keyof Required<SessionFilter>]: (value: NonNullable<SessionFilter[K]>, events: string) => Clause
}

/** What each part of a filter asks of `events`. */
export const clauses: Clauses = {
  sessionId: sessionId => ({ sql: 'session_id = {sessionId:String}', parameters: { sessionId } }),
  person: person => ({
    sql: "positionCaseInsensitive(concat(email, ' ', principal), {person:String}) > 0",
    parameters: { person },
  }),
  group: group => ({ sql: 'has(groups, {group:String})', parameters: { group } }),
  agent: agent => ({
    sql: "positionCaseInsensitive(concat(client_name, ' ', model), {agent:String}) > 0",
    parameters: { agent },
  }),
  table: table => ({ sql: 'has(tables, {table:String})', parameters: { table } }),
  column: columnClause,
  effect: effect => ({ sql: 'effect = {effect:String}', parameters: { effect } }),
  reason: reason => ({ sql: 'has(reason_codes, {reason:String})', parameters: { reason } }),
  // The end of a request knows what it cost, its start what it was about.
  minBytesBilled: (minBytesBilled, events) => ({
    sql: `job_id IN (SELECT job_id FROM ${events} WHERE bytes_billed >= {minBytesBilled:UInt64} AND job_id != '')`,
    parameters: { minBytesBilled },
  }),
  text: text => ({ sql: 'hasAllTokens(sql, {words:Array(String)})', parameters: { words: wordsOf(text) } }),
  // Events are in the order of hours: without the hour of the time, all of a month is read.
  since: since => ({
    sql: "ts >= {since:DateTime64(6, 'UTC')} AND toStartOfHour(ts) >= toStartOfHour({since:DateTime64(6, 'UTC')})",
    parameters: { since },
  }),
  until: until => ({
    sql: "ts < {until:DateTime64(6, 'UTC')} AND toStartOfHour(ts) <= toStartOfHour({until:DateTime64(6, 'UTC')})",
    parameters: { until },
  }),
}

/** The filter as a condition on `events`. */
export function filterCondition(database: string, filter: SessionFilter): Clause {
  return joinClauses(clauses, filter, database)
}

export function joinClauses(known: Partial<Clauses>, filter: SessionFilter, database: string): Clause {
  const keys = Object.keys(known) as (keyof SessionFilter)[]
  const chosen = keys.flatMap(key => clauseOf(key, known, filter, `${database}.events`) ?? [])
  return {
    sql: ['1', ...chosen.map(({ sql }) => sql)].join(' AND '),
    parameters: Object.assign({}, ...chosen.map(({ parameters }) => parameters)),
  }
}

function clauseOf<K extends keyof SessionFilter>(
  key: K,
  known: Partial<Clauses>,
  filter: SessionFilter,
  events: string,
): Clause | undefined {
  const value = filter[key]
  return value === undefined ? undefined : known[key]?.(value as NonNullable<SessionFilter[K]>, events)
}

function columnClause(column: string): Clause {
  if (column.split('.').length > 3) return { sql: 'has(columns, {column:String})', parameters: { column } }
  return { sql: "arrayExists(used -> endsWith(used, concat('.', {column:String})), columns)", parameters: { column } }
}

// The text index holds words in small letters, cut at everything that is neither letter nor digit.
function wordsOf(text: string): readonly string[] {
  return text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []
}

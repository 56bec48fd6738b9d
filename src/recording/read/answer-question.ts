import { Failure } from '../../model/failure.ts'
import type { RecordAsk, RecordQuestion, RecordQuestions } from '../../model/record-question.ts'
import { exportQueries } from './export-records.ts'
import { sessionsQuery } from './list-sessions.ts'
import { type RecordReader, rowTexts } from './reader.ts'
import type { RecordQuery } from './record-query.ts'
import { reportQueries } from './report-queries.ts'
import { sessionQueries } from './show-session.ts'
import { tailEvents } from './tail-events.ts'
import { whoExportedQuery } from './who-exported.ts'
import { whoReadQuery } from './who-read.ts'

type Queries = {
  readonly [A in Exclude<RecordAsk, 'tail'>]: (database: string, question: RecordQuestions[A]) => readonly RecordQuery[]
}

const queries: Queries = {
  sessions: (database, { filter, limit }) => [sessionsQuery(database, filter, limit)],
  session: (database, { session }) => sessionQueries(database, session),
  replay: (database, { session }) => sessionQueries(database, session),
  export: (database, { filter, limit }) => exportQueries(database, filter, limit),
  who_read: (database, question) => [whoReadQuery(database, question)],
  who_exported: (database, question) => [whoExportedQuery(database, question)],
  report: reportQueries,
  // Only put on record here: a proof must not rest on what the gateway says.
  proof: () => [],
}

/** The rows that answer a question, as JSON text; `record` says what each is a row of. */
export async function* answerQuestion(
  reader: RecordReader,
  question: RecordQuestion,
  signal: AbortSignal,
): AsyncIterable<string> {
  try {
    if (question.ask === 'tail') {
      for await (const text of tailEvents(reader, question.filter, signal)) yield marked('events', text)
      return
    }
    for (const query of queriesOf(question, reader.database)) {
      for await (const text of rowTexts(reader, query, signal)) yield marked(query.record, text)
    }
  } catch (cause) {
    if (signal.aborted) return
    throw cause instanceof Failure ? cause : new Failure('records_unavailable', {}, { cause })
  }
}

function queriesOf<A extends keyof Queries>(
  question: { readonly ask: A } & RecordQuestions[A],
  database: string,
): readonly RecordQuery[] {
  return queries[question.ask](database, question)
}

/** A row's text with its mark in front; no row is empty. */
function marked(record: string, text: string): string {
  return `{"record":${JSON.stringify(record)},${text.slice(1)}`
}

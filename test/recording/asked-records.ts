import type { ColumnQuestion, RecordQuestion, SessionFilter } from '../../src/model/record-question.ts'
import { answerQuestion } from '../../src/recording/read/answer-question.ts'
import { type SessionSummary, sessionSummary } from '../../src/recording/read/list-sessions.ts'
import type { RecordReader } from '../../src/recording/read/reader.ts'
import { type SessionRecord, sessionRecordOf } from '../../src/recording/read/show-session.ts'
import { type ColumnReader, columnReader } from '../../src/recording/read/who-read.ts'

type Row = { readonly record: string; readonly row: Readonly<Record<string, unknown>> }

/** What the store answers to a question, without a gateway in between. */
export async function rowsOf(reader: RecordReader, question: RecordQuestion): Promise<readonly Row[]> {
  const rows: Row[] = []
  for await (const text of answerQuestion(reader, question, new AbortController().signal)) {
    const { record, ...row } = JSON.parse(text)
    rows.push({ record, row })
  }
  return rows
}

export async function sessionsOf(
  reader: RecordReader,
  filter: SessionFilter,
  limit: number,
): Promise<readonly SessionSummary[]> {
  const rows = await rowsOf(reader, { ask: 'sessions', filter, limit })
  return rows.map(({ row }) => sessionSummary.parse(row))
}

export async function sessionOf(reader: RecordReader, session: string): Promise<SessionRecord> {
  return sessionRecordOf(session, await rowsOf(reader, { ask: 'session', session }))
}

export async function columnReadersOf(
  reader: RecordReader,
  question: ColumnQuestion,
): Promise<readonly ColumnReader[]> {
  return (await rowsOf(reader, { ask: 'who_read', ...question })).map(({ row }) => columnReader.parse(row))
}

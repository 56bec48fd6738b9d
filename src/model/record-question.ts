/** Which sessions to look for. Every part narrows. */
export type SessionFilter = {
  readonly sessionId?: string
  /** Part of an e-mail address or of a subject. */
  readonly person?: string
  readonly group?: string
  /** Part of a client's name, or of the model that it says it is. */
  readonly agent?: string
  /** `project.dataset.table` */
  readonly table?: string
  /** A column's name, or `project.dataset.table.column`. */
  readonly column?: string
  readonly effect?: 'allow' | 'deny' | 'approval_required'
  /** Code of a reason for a denial. */
  readonly reason?: string
  /** A query that billed at least this. */
  readonly minBytesBilled?: number
  /** Words that the query's text holds. */
  readonly text?: string
  readonly since?: Date
  readonly until?: Date
}

export type Span = { readonly since?: Date; readonly until?: Date }

export type ColumnQuestion = Span & {
  /** `project.dataset.table.column`; `dataset.table.column` and `table.column` look in every project. */
  readonly column: string
}

export type ExportQuestion = Span & {
  /** `project.dataset.table`, or its end; every table where absent. */
  readonly table?: string
  readonly minRows: number
}

/** What can be asked of the records, by name, and what each question says. */
export type RecordQuestions = {
  readonly sessions: { readonly filter: SessionFilter; readonly limit: number }
  readonly session: { readonly session: string }
  /** The same rows as `session`, asked for in order to see it happen, or to run it again. */
  readonly replay: { readonly session: string }
  readonly export: { readonly filter: SessionFilter; readonly limit: number }
  readonly tail: { readonly filter: SessionFilter }
  readonly who_read: ColumnQuestion
  readonly who_exported: ExportQuestion
  readonly report: Span
  /** Whoever proves the records reads all of them, from the store itself. */
  readonly proof: Span
}
export type RecordAsk = keyof RecordQuestions
export type RecordQuestion = { [A in RecordAsk]: { readonly ask: A } & RecordQuestions[A] }[RecordAsk]

/** The tables of records that each question reads. */
export const recordsRead: { readonly [A in RecordAsk]: readonly string[] } = {
  sessions: ['events'],
  session: ['events', 'results'],
  replay: ['events', 'results'],
  export: ['column_access', 'events', 'results'],
  tail: ['events'],
  who_read: ['column_access'],
  who_exported: ['events'],
  report: ['column_access', 'events'],
  proof: ['column_access', 'events', 'results'],
}

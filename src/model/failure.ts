type FailureRow = {
  /** HTTP status where a protocol needs one. */
  readonly http: number
  /** The public sentence: what happened. */
  readonly message: string
  /** The public sentence: what to do next. */
  readonly next: string
}

const row = (http: number, message: string, next: string): FailureRow => ({ http, message, next })

/** Every way in which a request can stop that is not a policy's answer. `docs/failures.md` lists exactly these. */
export const failures = {
  unauthenticated: row(401, 'The credential was not accepted.', 'Get a new token from your identity provider.'),
  request_invalid: row(400, 'The request is not valid.', 'Correct the field that is named and send it again.'),
  request_too_large: row(413, 'The request is too large.', 'Send less than the limit that is named.'),
  operation_refused: row(
    403,
    'This operation is not granted through Sluice.',
    'Read with a query instead, or ask the Sluice operator.',
  ),
  not_found: row(404, 'There is no such thing, or none that you may see.', 'List what there is and use its names.'),
  changed_meanwhile: row(
    412,
    'Somebody else has changed it meanwhile.',
    'Read it again, and send the change again if it is still meant.',
  ),
  session_refused: row(403, 'This session belongs to somebody else.', 'Use a session key of your own, or none.'),
  text_refused: row(
    400,
    'The text has characters that SQL readers disagree on.',
    'Remove the character that is named.',
  ),
  syntax_error: row(400, 'The query could not be parsed.', 'Correct the query at the position that is named.'),
  too_deep: row(400, 'The query is nested too deeply.', 'Split the query, for example with WITH.'),
  statement_unsupported: row(
    400,
    'This kind of statement is not supported.',
    'Write it with statements that are served.',
  ),
  unknown_name: row(
    400,
    'A name in the query is not known.',
    'Use one of the names that are offered, or list the tables.',
  ),
  ambiguous_name: row(400, 'A name in the query is ambiguous.', 'Qualify the column with its table alias.'),
  query_invalid: row(400, 'The query breaks a rule of GoogleSQL.', 'Correct the query as the message says.'),
  cannot_govern: row(400, 'The policy cannot be enforced inside this query.', 'Rewrite the clause that is named.'),
  printer_mismatch: row(
    500,
    'The query could not be printed faithfully.',
    'Simplify the query; report it to the Sluice operator.',
  ),
  readers_disagree: row(
    400,
    'Two readers of the query disagree on what it does.',
    'Simplify the query; report it to the Sluice operator.',
  ),
  verifier_unavailable: row(
    503,
    'The query could not be verified.',
    'Try again; the operator finds the cause in the log.',
  ),
  policy_unavailable: row(503, 'The policy could not decide.', 'Try again; the operator finds the cause in the log.'),
  policy_unstable: row(
    503,
    'The policy gave two different answers to one query.',
    'The policy author must make masks and filters independent of the estimate.',
  ),
  obligation_unknown: row(
    503,
    'The policy asks for a duty that Sluice does not know.',
    'The policy author must correct the obligation.',
  ),
  recorder_unavailable: row(
    503,
    'The query could not be put on record, so it was not run.',
    'Try again; the operator must free the recorder.',
  ),
  records_unavailable: row(503, 'The records cannot be read.', 'Try again; the operator finds the cause in the log.'),
  catalog_unavailable: row(503, 'The catalog could not be read.', 'Try again later.'),
  content_refused: row(
    403,
    'The result holds content that policy does not let out.',
    'Leave out the column that is named.',
  ),
  result_too_large: row(400, 'One page of the result is too large.', 'Ask for fewer rows or narrower columns.'),
  overloaded: row(503, 'Sluice has too much to do.', 'Try again in a few seconds.'),
  cancelled: row(499, 'The request was cancelled.', 'Send it again if it was not meant.'),
  deadline_exceeded: row(
    504,
    'The query took longer than allowed.',
    'Narrow the query, or ask for a longer time limit.',
  ),
  warehouse_unavailable: row(503, 'BigQuery could not be reached.', 'Try again later.'),
  warehouse_access_denied: row(
    403,
    'BigQuery refused access to Sluice.',
    'The operator must grant the service account access.',
  ),
  warehouse_billing: row(
    403,
    'BigQuery refuses for reasons of billing.',
    "The operator must look at the project's billing.",
  ),
  warehouse_blocked: row(
    403,
    'BigQuery has blocked the project or the request.',
    'The operator must contact Google Cloud support.',
  ),
  warehouse_bytes_limit: row(
    400,
    'The query would bill more bytes than allowed.',
    'Read fewer columns or filter on the partition column.',
  ),
  warehouse_duplicate: row(409, 'BigQuery already has a job or resource with that name.', 'Use another name.'),
  warehouse_failed: row(502, 'BigQuery failed inside.', 'Try again later.'),
  warehouse_invalid: row(400, 'BigQuery refused the query.', 'Correct the query as the message says.'),
  warehouse_not_found: row(404, 'BigQuery does not have what the query names.', 'List the tables and try again.'),
  warehouse_not_implemented: row(501, 'BigQuery does not support this.', 'Rewrite the query without it.'),
  warehouse_quota: row(429, 'A BigQuery quota is used up.', 'Wait and try again.'),
  warehouse_rate_limit: row(429, 'BigQuery is being asked too often.', 'Wait and try again.'),
  warehouse_resources: row(400, 'The query needs more resources than BigQuery gives it.', 'Make the query smaller.'),
  warehouse_in_use: row(409, 'Something that the query needs is in use.', 'Try again later.'),
  warehouse_stopped: row(499, 'The BigQuery job was stopped.', 'Send the query again if it was not meant.'),
  warehouse_too_large: row(400, 'The answer is larger than BigQuery can return.', 'Select fewer rows or columns.'),
  internal: row(500, 'Sluice failed inside.', 'Try again; the operator finds the cause in the log.'),
} as const satisfies Record<string, FailureRow>

export type FailureCode = keyof typeof failures

/** What a client may see beside the sentence: positions, expectations, names it may know, the smallest repair. */
export type FailureDetails = {
  readonly detail?: string
  readonly line?: number
  readonly column?: number
  readonly expected?: string
  readonly suggestions?: readonly string[]
  readonly next?: string
}

/** A stop with a code from the table. `cause` goes to the log and the record, never to the client. */
export class Failure extends Error {
  override readonly name = 'Failure'
  readonly code: FailureCode
  readonly details: FailureDetails

  constructor(code: FailureCode, details: FailureDetails = {}, options?: ErrorOptions) {
    super(
      details.detail === undefined ? failures[code].message : `${failures[code].message} ${details.detail}`,
      options,
    )
    this.code = code
    this.details = details
  }

  get next(): string {
    return this.details.next ?? failures[this.code].next
  }
}

/** Anything thrown, as a failure: what is not one already is `internal`, with itself as the cause. */
export function asFailure(thrown: unknown): Failure {
  return thrown instanceof Failure ? thrown : new Failure('internal', {}, { cause: thrown })
}

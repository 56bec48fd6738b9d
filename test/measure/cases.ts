import { createReadStream } from 'node:fs'
import { createInterface } from 'node:readline'
import type { TokenCase } from '../fakes/forged-token.ts'

/** One line of the attack corpus; its README says what each field means. */
export type AttackCase = {
  readonly id: string
  readonly category: string
  readonly channel: 'sql' | 'rest' | 'http' | 'auth' | 'mcp' | 'record'
  readonly sql?: string
  readonly pair_sql?: string
  readonly request?: HttpCase & Partial<GrpcCase> & { readonly token?: TokenCase }
  readonly safe_outcomes: readonly Outcome[]
  readonly leak_markers: readonly string[]
  readonly marker_in_request?: boolean
  /** What Google's analyzer and evaluator did with the query. */
  readonly reference?: {
    readonly tables?: readonly string[]
    readonly executes?: boolean
    readonly raw_leaks?: boolean
  }
  readonly fixture: {
    readonly default_dataset?: string | null
    readonly job_project?: string
    readonly job_options?: Readonly<Record<string, unknown>>
    readonly query_parameters?: readonly unknown[]
    readonly setup?: readonly string[]
  }
}

export type Outcome = 'deny' | 'error' | 'masked' | 'filtered'

/** A call of the Storage API: `package.Service/Method`. */
export type GrpcCase = { readonly grpc: string; readonly message: object }

export type HttpCase = {
  readonly method?: string
  readonly path?: string
  readonly query?: Readonly<Record<string, string>>
  readonly headers?: Readonly<Record<string, unknown>>
  readonly body?: unknown
  readonly jsonrpc?: unknown
  readonly raw?: string
  /** The bytes themselves, where they are no text. */
  readonly raw_base64?: string
  /** A body in words, where it is too large to be written down. */
  readonly generator?: string
  /** What must hold around the request; "none" where nothing must. */
  readonly environment?: string
  readonly request?: HttpCase
}

/** An honest query with the rows that alice must see. */
export type ControlCase = {
  readonly id: string
  readonly sql: string
  readonly what: string
  readonly expected_rows?: readonly (readonly (string | null)[])[]
}

/** Reads a file of one JSON object a line. */
export async function readCases<T>(path: string): Promise<T[]> {
  const cases: T[] = []
  for await (const line of createInterface({ input: createReadStream(path), crlfDelay: Number.POSITIVE_INFINITY })) {
    if (line.trim() !== '') cases.push(expand(JSON.parse(withQuotedNumbers(line))) as T)
  }
  return cases
}

const stringOrNumberWord = /"(?:[^"\\]|\\.)*"|-?\bInfinity\b|\bNaN\b/g

/** Python writes the numbers that JSON has no form for as bare words; here they are strings, as BigQuery sends them. */
function withQuotedNumbers(line: string): string {
  return line.replace(stringOrNumberWord, found => (found.startsWith('"') ? found : `"${found}"`))
}

/** `{"$repeat": [text, n]}` stands for a repeated text and `{"$repeat_list": [item, n]}` for a list of one item. */
function expand(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(expand)
  if (typeof value !== 'object' || value === null) return value
  const repeat = (value as { $repeat?: [string, number] }).$repeat
  if (repeat !== undefined) return repeat[0].repeat(repeat[1])
  const list = (value as { $repeat_list?: [unknown, number] }).$repeat_list
  if (list !== undefined) return Array.from({ length: list[1] }, () => list[0])
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, expand(inner)]))
}

import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { readCases } from './cases.ts'

export const corpusKinds = ['select', 'pipe', 'dml', 'ddl', 'script', 'other'] as const
export type CorpusKind = (typeof corpusKinds)[number]

/** One line of the language corpus; its README says what each field means. */
export type LanguageCase = {
  readonly id: number
  readonly kind: CorpusKind
  readonly sql: string
  readonly reference: 'accepts' | 'rejects'
  /** The parts of each path, as written. */
  readonly tables?: readonly (readonly string[])[]
}

export type RejectCase = { readonly sql: string; readonly error: string }

const corpus = resolve(import.meta.dirname, '../../../shared/corpus')

export const defaultFiles = {
  queries: join(corpus, 'googlesql/queries.jsonl'),
  mustReject: join(corpus, 'googlesql/must-reject.jsonl'),
  recorded: join(corpus, 'bigquery/recorded.jsonl'),
  world: join(corpus, 'attacks/fixture_world.json'),
  attacks: join(corpus, 'attacks/attacks.jsonl'),
  controls: join(corpus, 'attacks/controls.jsonl'),
}

/** Whether the corpora are on this machine; tells the reader of a test run where they are not. */
export function hasCorpus(): boolean {
  const missing = [defaultFiles.queries, defaultFiles.mustReject].filter(path => !existsSync(path))
  if (missing.length > 0) console.log(`skipped: ${missing.join(' and ')} is not on this machine`)
  return missing.length === 0
}

/** The lines that the reference accepts: all that is counted. */
export async function acceptedCases(path = defaultFiles.queries): Promise<readonly LanguageCase[]> {
  const cases = await readCases<LanguageCase>(path)
  return cases.filter(({ reference }) => reference === 'accepts')
}

export function rejectCases(path = defaultFiles.mustReject): Promise<readonly RejectCase[]> {
  return readCases<RejectCase>(path)
}

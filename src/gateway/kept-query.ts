import { type GovernedText, isProtected } from '../model/governed.ts'
import type { Access, StatementClass, StatementFacts } from '../model/statement.ts'
import type { TableRef } from '../model/table-ref.ts'
import type { Destination } from '../model/transfer.ts'
import type { Ports } from './ports.ts'
import type { Query } from './query.ts'

/** What a job's owner is shown of its statement. */
export type StatementBrief = {
  readonly kind: string
  readonly class: StatementClass
  /** The one table that it writes or makes. */
  readonly target?: TableRef
  readonly destination?: Destination
}

/**
 * What is kept with a query's job, so that another replica can ask it again under the policy of that time. Nothing in it
 * differs between two runs of the same query.
 */
export type KeptQuery = {
  readonly asked: Pick<Query, 'text' | 'parameters' | 'defaultDataset' | 'destination'>
  readonly shown: Readonly<Record<string, unknown>>
  /** Of the labels on the job, those that the client gave. */
  readonly labelKeys: readonly string[]
  readonly statement: StatementBrief
  /** Whether masks or filters apply. */
  readonly isProtected: boolean
  /** Of what was sent to BigQuery. */
  readonly fingerprint: string
}

type Started = { readonly statement: StatementFacts; readonly governed: GovernedText }

export function sealQuery(query: Query, { statement, governed }: Started, ports: Ports): string {
  const { text, parameters, defaultDataset, destination, shown = {}, labels = {} } = query
  const kept: KeptQuery = {
    asked: {
      ...{ text, parameters },
      ...(defaultDataset === undefined ? {} : { defaultDataset }),
      ...(destination === undefined ? {} : { destination }),
    },
    shown,
    labelKeys: Object.keys(labels).sort(),
    statement: briefOf(statement),
    isProtected: isProtected(governed),
    fingerprint: fingerprintOf(governed, statement, ports),
  }
  return ports.jobNotes.seal(JSON.stringify(kept))
}

/** Undefined for what no replica with this key has sealed. */
export function openKeptQuery(sealed: string, { jobNotes }: Ports): KeptQuery | undefined {
  const text = jobNotes.open(sealed)
  return text === undefined ? undefined : (JSON.parse(text) as KeptQuery)
}

/** Equal where the same is sent to BigQuery: the result is then what asking now would give. */
export function fingerprintOf(
  { text, parameters }: GovernedText,
  { destination }: Pick<StatementFacts, 'destination'>,
  { digest }: Ports,
): string {
  return digest(JSON.stringify([text, parameters, destination]))
}

export function briefOf({ kind, class: statementClass, destination, tables }: StatementFacts): StatementBrief {
  const target = tables.find(table => table.kind !== 'dataset' && table.access.some(one => changing.has(one)))?.ref
  return {
    ...{ kind, class: statementClass },
    ...(target === undefined ? {} : { target }),
    ...(destination === undefined ? {} : { destination }),
  }
}

const changing: ReadonlySet<Access> = new Set(['write', 'create', 'alter', 'drop', 'truncate'])

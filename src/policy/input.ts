import { z } from 'zod'
import { relationKinds } from '../model/catalog.ts'
import { protocols } from '../model/origin.ts'
import { principalKinds } from '../model/principal.ts'
import {
  accesses,
  columnUses,
  functionClasses,
  objectKinds,
  statementClasses,
  statementFeatures,
} from '../model/statement.ts'

export const weekdays = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'] as const

const text = z.string()
const texts = z.array(text)
const textMap = z.record(text, text)
const count = z.int().min(0)

const time = z.strictObject({
  unix_ms: count,
  rfc3339: text,
  zone: text,
  weekday: z.enum(weekdays),
  minute_of_day: count,
  date: text,
})

const identity = z.strictObject({
  subject: text,
  email: text.optional(),
  issuer: text,
  kind: z.enum(principalKinds),
  groups: texts,
  attributes: textMap,
})

const client = z.strictObject({
  kind: z.enum(principalKinds),
  name: text,
  version: text,
  protocol: z.enum(protocols),
  ip: text,
  model: text.optional(),
})

const session = z.strictObject({
  id: text,
  purpose: text.optional(),
  ticket: text.optional(),
  break_glass: z.boolean(),
  bytes_billed_today: count.optional(),
  queries_today: count.optional(),
})

const approval = z.strictObject({
  code: text,
  fingerprint: text,
  expires_unix_ms: count,
  approver: z.strictObject({ issuer: text, subject: text, groups: texts }),
})

const column = z.strictObject({ name: text, type: text, tags: texts, uses: z.array(z.enum(columnUses)) })

const table = z.strictObject({
  id: text,
  project: text,
  dataset: text,
  table: text,
  kind: z.enum([...relationKinds, ...objectKinds]),
  size_bytes: count.optional(),
  access: z.array(z.enum(accesses)),
  tags: texts,
  labels: textMap,
  via: texts,
  source: z.enum(['parser', 'dry_run', 'both']),
  columns: z.array(column),
})

const estimate = z.strictObject({
  bytes_processed: count,
  accuracy: z.enum(['precise', 'lower_bound', 'upper_bound', 'unknown']),
  usd: z.number().min(0),
  statement_type: text.optional(),
})

const query = z.strictObject({
  fingerprint: text,
  text,
  project: text,
  location: text,
  statements: z.array(z.strictObject({ type: text, class: z.enum(statementClasses) })),
  tables: z.array(table),
  functions: z.array(z.strictObject({ name: text, class: z.enum(functionClasses) })),
  features: z.array(z.enum(statementFeatures)),
  params: z.array(z.strictObject({ name: text.optional(), type: text })),
  files: z.array(z.strictObject({ uri: text, access: z.enum(['read', 'write']) })).optional(),
  estimate: estimate.optional(),
})

/** The question as Rego sees it, version 1: the contract with policy authors. `policies/schemas/input.json` is made of it. */
export const inputDocument = z.strictObject({
  version: z.literal(1),
  id: text,
  phase: z.enum(['parse', 'estimate']),
  environment: text,
  time,
  identity,
  client,
  session,
  approvals: z.array(approval),
  query,
})

export type InputDocument = Readonly<z.infer<typeof inputDocument>>

/** The contract as JSON Schema, in the dialect that opa checks Rego against. */
export function inputSchemaText(): string {
  return `${JSON.stringify(z.toJSONSchema(inputDocument, { target: 'draft-7' }), null, 2)}\n`
}

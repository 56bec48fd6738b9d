import { typeText } from '../model/column-type.ts'
import type { Estimate } from '../model/decision.ts'
import type { ColumnAccess, TableAccess } from '../model/statement.ts'
import { type Classify, type TableTags, tagsOfLeaf } from './classifications.ts'
import type { InputDocument } from './input.ts'
import { localTime } from './local-time.ts'
import type { DescribableQuestion } from './smoke.ts'

export type InputSettings = {
  readonly environment: string
  readonly timeZone: string
  readonly usdPerTebibyte: number
  readonly classify: Classify
}

const tebibyte = 2 ** 40

/** The input document for a question. Lists that mean sets are sorted, so that equal questions give equal documents. */
export function describeQuestion(question: DescribableQuestion, id: string, settings: InputSettings): InputDocument {
  return {
    version: 1,
    id,
    phase: question.phase,
    environment: settings.environment,
    time: localTime(question.now, settings.timeZone),
    identity: describeIdentity(question),
    client: describeClient(question),
    session: describeSession(question),
    approvals: [],
    query: describeQuery(question, settings),
  }
}

function describeIdentity({ principal }: DescribableQuestion): InputDocument['identity'] {
  const { subject, issuer, kind, email } = principal
  return {
    ...{ subject, issuer, kind, attributes: { ...principal.attributes } },
    ...(email === undefined ? {} : { email }),
    groups: sortedSet(principal.groups),
  }
}

/** The kind is the principal's: what software says of itself is no ground for a decision. */
function describeClient({ principal, origin }: DescribableQuestion): InputDocument['client'] {
  const { name, version, protocol, ip, model } = origin.client
  return { kind: principal.kind, name, version, protocol, ip, ...(model === undefined ? {} : { model }) }
}

function describeSession({ origin, usageToday }: DescribableQuestion): InputDocument['session'] {
  return {
    id: origin.sessionId,
    break_glass: false,
    ...(origin.purpose === undefined ? {} : { purpose: origin.purpose }),
    ...(usageToday === undefined
      ? {}
      : { bytes_billed_today: usageToday.bytesBilled, queries_today: usageToday.queries }),
  }
}

function describeQuery(question: DescribableQuestion, settings: InputSettings): InputDocument['query'] {
  const { statement, estimate, project, location } = question
  const { files = [] } = statement
  return {
    ...{ fingerprint: statement.fingerprint, text: statement.text, project, location },
    statements: (statement.statements ?? [statement]).map(({ kind, class: of }) => ({ type: kind, class: of })),
    tables: statement.tables.map(table => describeTable(table, estimate, settings.classify)),
    functions: statement.functions.map(used => ({ name: used.name, class: used.class })),
    features: sortedSet(statement.features),
    // Values of parameters stay out: they may be personal data, and a decision is recorded with its input.
    params: question.parameters.map(({ name, type }) => ({
      ...(name === undefined ? {} : { name }),
      type: typeText(type),
    })),
    ...(files.length === 0 ? {} : { files: files.map(({ uri, access }) => ({ uri, access })) }),
    ...(estimate === undefined ? {} : { estimate: describeEstimate(estimate, settings) }),
  }
}

type InputTable = InputDocument['query']['tables'][number]

function describeTable(table: TableAccess, estimate: Estimate | undefined, classify: Classify): InputTable {
  const classified = classify(table.ref)
  return {
    id: table.id,
    project: table.ref.project,
    dataset: table.ref.dataset,
    table: table.ref.table,
    kind: table.kind,
    ...(table.sizeBytes === undefined ? {} : { size_bytes: table.sizeBytes }),
    access: sortedSet(table.access),
    tags: sortedSet(classified.tags),
    labels: { ...table.labels },
    via: [...table.via],
    source: estimate?.referencedTables?.includes(table.id) === true ? 'both' : 'parser',
    columns: table.columns.map(column => describeColumn(column, classified)),
  }
}

function describeColumn(
  { name, type, tags, uses }: ColumnAccess,
  classified: TableTags,
): InputTable['columns'][number] {
  return {
    name,
    type: typeText(type),
    tags: sortedSet([...tags, ...tagsOfLeaf(name, classified)]),
    uses: sortedSet(uses),
  }
}

function describeEstimate(
  estimate: Estimate,
  { usdPerTebibyte }: InputSettings,
): NonNullable<InputDocument['query']['estimate']> {
  return {
    bytes_processed: estimate.bytesProcessed,
    accuracy: estimate.accuracy,
    usd: (estimate.bytesProcessed / tebibyte) * usdPerTebibyte,
    ...(estimate.statementType === undefined ? {} : { statement_type: estimate.statementType }),
  }
}

function sortedSet<T extends string>(values: readonly T[]): T[] {
  return [...new Set(values)].sort()
}

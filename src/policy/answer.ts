import { z } from 'zod'
import { Recent } from '../base/recent.ts'
import {
  type ColumnMask,
  type Decision,
  type DecisionFacts,
  type GuardedFilter,
  type MaskKind,
  maskKinds,
  type Obligation,
  type Reason,
} from '../model/decision.ts'
import { Failure } from '../model/failure.ts'
import type { StatementFacts } from '../model/statement.ts'
import type { TableId } from '../model/table-ref.ts'
import { answerDocument, isKnownObligation, knownObligation } from './answer-document.ts'
import { bySortedText, sortedCondition } from './sorted.ts'

type Answer = z.infer<typeof answerDocument>

/** What opa-wasm gives for a rule that has a value. Undefined is the empty list, which no answer is. */
const resultSet = z.tuple([z.strictObject({ result: answerDocument })])

type Said = Omit<DecisionFacts, 'id' | 'revision'>

/** One statement gets as many answers as policy has for those who ask; few of them are remembered. */
const maxAnswers = 8
const known = new WeakMap<StatementFacts, Recent<Said>>()

/** The decision in what the policy answered. It is asked every time; the same answer about the same statement is read once. */
export function readAnswer(
  evaluated: unknown,
  statement: StatementFacts,
  made: { readonly id: string; readonly revision: string },
): Decision {
  const answers = known.get(statement) ?? new Recent<Said>(maxAnswers)
  const key = JSON.stringify(evaluated)
  const said = answers.get(key) ?? readSaid(evaluated, statement)
  answers.set(key, said, 1)
  known.set(statement, answers)
  const facts: DecisionFacts = { ...made, ...said }
  return facts as Decision
}

/** Anything missing, unknown or undefined is no decision. */
function readSaid(evaluated: unknown, statement: StatementFacts): Said {
  const [{ result }] = parse(evaluated)
  return {
    effect: result.effect,
    reasons: bySortedText(result.reasons.map(readReason)),
    masks: readMasks(result.masks, statement),
    rowFilters: readFilters(result.row_filters, statement),
    limits: readLimits(result.limits),
    approvals: bySortedText(result.approvals).map(({ code, message, approver_groups }) => ({
      ...{ code, message, approverGroups: [...approver_groups].sort() },
    })),
    needs: result.needs,
    obligations: bySortedText(result.obligations).map(readObligation),
    redact: [...result.redact].sort(),
    policies: [...new Set(result.policies)].sort(),
  }
}

function parse(evaluated: unknown): z.infer<typeof resultSet> {
  const parsed = resultSet.safeParse(evaluated)
  if (parsed.success) return parsed.data
  throw new Failure('policy_unavailable', {}, { cause: parsed.error })
}

function readReason({ code, message, policy, table, column, statement }: Answer['reasons'][number]): Reason {
  return {
    ...{ code, message, policy },
    ...(table === undefined ? {} : { table }),
    ...(column === undefined ? {} : { column }),
    ...(statement === undefined ? {} : { statement }),
  }
}

function readMasks(masks: Answer['masks'], statement: StatementFacts): DecisionFacts['masks'] {
  const entries = bySortedText(Object.entries(masks)).map(([table, columns]): [TableId, Map<string, ColumnMask>] => {
    const names = columnNames(table, statement)
    const byColumn = new Map<string, ColumnMask>()
    for (const [column, { kind }] of bySortedText(Object.entries(columns))) {
      const name = names.get(column.toLowerCase())
      // A mask for a column that the query does not have protects nothing, so it must not look as if it did.
      if (name === undefined || byColumn.has(name)) throw misdirected(`mask of ${table}, column ${column}`)
      byColumn.set(name, { kind: knownMask(kind) })
    }
    return [table, byColumn]
  })
  return new Map(entries)
}

/** Names of columns have no case: from lower case to the name that the statement has. */
function columnNames(table: TableId, statement: StatementFacts): ReadonlyMap<string, string> {
  const accessed = statement.tables.filter(({ id }) => id === table)
  if (accessed.length === 0) throw misdirected(`mask of ${table}`)
  return new Map(accessed.flatMap(({ columns }) => columns.map(({ name }) => [name.toLowerCase(), name])))
}

function readFilters(filters: Answer['row_filters'], statement: StatementFacts): DecisionFacts['rowFilters'] {
  const tables = new Set(statement.tables.map(({ id }) => id))
  const entries = bySortedText(Object.entries(filters)).map(([table, conditions]): [TableId, GuardedFilter[]] => {
    if (!tables.has(table)) throw misdirected(`row filter of ${table}`)
    const read = conditions.map(({ guard, ...condition }) => ({
      condition: sortedCondition(condition),
      guard: guard === true,
    }))
    return [table, bySortedText(read)]
  })
  return new Map(entries)
}

function readLimits({ maximum_bytes_billed, max_rows, timeout_ms }: Answer['limits']): DecisionFacts['limits'] {
  return {
    ...(maximum_bytes_billed === undefined ? {} : { maximumBytesBilled: maximum_bytes_billed }),
    ...(max_rows === undefined ? {} : { maxRows: max_rows }),
    ...(timeout_ms === undefined ? {} : { timeoutMs: timeout_ms }),
  }
}

function readObligation(obligation: Answer['obligations'][number]): Obligation {
  if (!isKnownObligation(obligation.kind)) throw unknownDuty(`obligation ${obligation.kind}`)
  const parsed = knownObligation.safeParse(obligation)
  if (!parsed.success) throw new Failure('policy_unavailable', {}, { cause: parsed.error })
  if (parsed.data.kind !== 'record_result') return parsed.data
  const { kind, max_rows, max_bytes } = parsed.data
  return {
    kind,
    ...(max_rows === undefined ? {} : { maxRows: max_rows }),
    ...(max_bytes === undefined ? {} : { maxBytes: max_bytes }),
  }
}

function knownMask(kind: string): MaskKind {
  const known = maskKinds.find(candidate => candidate === kind)
  if (known === undefined) throw unknownDuty(`mask ${kind}`)
  return known
}

function unknownDuty(what: string): Failure {
  return new Failure('obligation_unknown', {}, { cause: new Error(`the policy asks for an unknown ${what}`) })
}

function misdirected(what: string): Failure {
  return new Failure('policy_unavailable', {}, { cause: new Error(`the query has nothing for the policy's ${what}`) })
}

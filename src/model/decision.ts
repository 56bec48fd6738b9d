import type { Brand } from '../base/brand.ts'
import type { Origin } from './origin.ts'
import type { QueryParameter } from './parameter.ts'
import type { Principal } from './principal.ts'
import type { StatementFacts } from './statement.ts'
import type { TableId } from './table-ref.ts'

export const maskKinds = [
  'always_null',
  'default_value',
  'sha256',
  'hmac_sha256',
  'first_four',
  'last_four',
  'email',
  'date_year',
  'redact',
] as const
export type MaskKind = (typeof maskKinds)[number]
export type ColumnMask = { readonly kind: MaskKind }

export const filterOperators = [
  'eq',
  'ne',
  'lt',
  'le',
  'gt',
  'ge',
  'in',
  'notIn',
  'and',
  'or',
  'not',
  'isNull',
  'notNull',
  'like',
  'startsWith',
] as const
export type FilterOperator = (typeof filterOperators)[number]
export type FilterValue = string | number | boolean | null

/** A condition on rows, as OPA's UCAST has it. */
export type RowFilter =
  | {
      readonly type: 'field'
      readonly operator: Exclude<FilterOperator, 'and' | 'or' | 'not'>
      readonly field: string
      readonly value: FilterValue | readonly FilterValue[]
    }
  | { readonly type: 'compound'; readonly operator: 'and' | 'or' | 'not'; readonly value: readonly RowFilter[] }

/** A row filter and whether each projected column is guarded by it too (costs pruning, closes the error channel). */
export type GuardedFilter = { readonly condition: RowFilter; readonly guard: boolean }

export type Limits = {
  readonly maximumBytesBilled?: number
  readonly maxRows?: number
  readonly timeoutMs?: number
}

export type Reason = {
  readonly code: string
  /** Safe to show; tells the agent what to change. */
  readonly message: string
  /** The rule that gave it. */
  readonly policy: string
  readonly table?: string
  readonly column?: string
  readonly statement?: string
}

export type ApprovalNeed = {
  readonly code: string
  readonly message: string
  readonly approverGroups: readonly string[]
}

export const detectorNames = ['email', 'us_ssn', 'credit_card', 'phone', 'secret_key'] as const
export type DetectorName = (typeof detectorNames)[number]

/** How much of each answered page is kept on record; where nothing is said, as much as the recorder's own settings say. */
export type ResultCaps = { readonly maxRows?: number; readonly maxBytes?: number }

/** A duty beside masks, filters and limits; an unknown kind refuses the query. */
export type Obligation =
  | { readonly kind: 'job_label'; readonly key: string; readonly value: string }
  | { readonly kind: 'notify'; readonly channel: string; readonly message: string }
  | { readonly kind: 'detect'; readonly detector: DetectorName; readonly action: 'redact' | 'note' | 'refuse' }
  | ({ readonly kind: 'record_result' } & ResultCaps)

export type DecisionFacts = {
  readonly id: string
  readonly revision: string
  readonly effect: 'allow' | 'deny' | 'approval_required'
  readonly reasons: readonly Reason[]
  readonly masks: ReadonlyMap<TableId, ReadonlyMap<string, ColumnMask>>
  readonly rowFilters: ReadonlyMap<TableId, readonly GuardedFilter[]>
  readonly limits: Limits
  readonly approvals: readonly ApprovalNeed[]
  /** What the policy wants to know before its answer is final. */
  readonly needs: readonly 'estimate'[]
  readonly obligations: readonly Obligation[]
  /** JSON pointers into the record that must be erased before it is written. */
  readonly redact: readonly string[]
  readonly policies: readonly string[]
}

/** Minted only by `policy/answer.ts`. */
export type Decision = Brand<DecisionFacts, 'Decision'>

export type Estimate = {
  readonly bytesProcessed: number
  readonly accuracy: 'precise' | 'lower_bound' | 'upper_bound' | 'unknown'
  readonly statementType?: string
  /** What the server says it would read; absent where it does not say. */
  readonly referencedTables?: readonly TableId[]
}

/** What the policy decision point is asked. */
export type Question = {
  readonly phase: 'parse' | 'estimate'
  readonly principal: Principal
  readonly origin: Origin
  readonly statement: StatementFacts
  readonly parameters: readonly QueryParameter[]
  readonly project: string
  readonly location: string
  readonly now: Date
  readonly estimate?: Estimate
  /** What the principal's queries billed today, where it is known. */
  readonly usageToday?: { readonly bytesBilled: number; readonly queries: number }
}

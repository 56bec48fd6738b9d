import type { ColumnMask, Decision, DecisionFacts } from '../../src/model/decision.ts'
import type { Analyzed } from '../../src/sql/analyze.ts'

const users = 'acme-prod.crm.users'
const orders = 'acme-prod.crm.orders'
const masks: ReadonlyMap<string, ColumnMask> = new Map([
  ['email', { kind: 'sha256' }],
  ['ssn', { kind: 'redact' }],
  ['profile.phone', { kind: 'redact' }],
])
const europe = { type: 'field', operator: 'eq', field: 'region', value: 'EU' } as const

/** What the policy of the attacks' world says to analysts, of the tables and columns that a statement touches. */
export function analystDecision({ statement }: Analyzed): Decision {
  const touched = statement.tables.find(({ id }) => id === users)?.columns.map(({ name }) => name) ?? []
  const own = new Map([...masks].filter(([name]) => touched.includes(name)))
  const isFiltered = statement.tables.some(({ id }) => id === orders)
  const facts: DecisionFacts = {
    ...{ id: 'd', revision: 'r', effect: 'allow', reasons: [], limits: {}, approvals: [], needs: [], obligations: [] },
    ...{ redact: [], policies: [] },
    masks: new Map(own.size === 0 ? [] : [[users, own]]),
    rowFilters: new Map(isFiltered ? [[orders, [{ condition: europe, guard: false }]]] : []),
  }
  return facts as DecisionFacts as Decision
}

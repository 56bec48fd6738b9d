import type { Expression } from '../../googlesql/ast/expression.ts'
import type { Pivot, PivotItem, Unpivot } from '../../googlesql/ast/table.ts'
import { visit } from '../../googlesql/walk.ts'
import { supertype } from '../types/supertype.ts'
import { scalar } from '../types/type-makers.ts'
import { resolveExpression, type Scope } from './context.ts'
import { lookUp } from './lookup.ts'
import { pivotValueName } from './pivot-names.ts'
import { type Column, mergeReads, type Relation, realize } from './relation.ts'
import { relationOf } from './rows.ts'

/** A column for each value and aggregate; the input's other columns are what the rows are grouped by. */
export function pivot({ aggregates, for: input, values }: Pivot, scope: Scope): Relation {
  const chosen = resolveExpression(input, scope)
  realize(chosen.reads, 'group')
  const consumed = namesIn([input, ...aggregates.map(({ value }) => value)])
  const kept = relationOf(scope.from).columns.filter(({ name }) => name === undefined || !isAmong(consumed, name))
  for (const column of kept) realize(column.reads, 'group')
  const results = values.flatMap(value => aggregates.map(aggregate => pivotColumn(value, aggregate, scope)))
  return { columns: [...kept, ...results] }
}

function pivotColumn(value: PivotItem, aggregate: PivotItem, scope: Scope): Column {
  const label = value.alias?.text ?? pivotValueName(value.value)
  const prefix = aggregate.alias?.text
  const name = label === undefined ? undefined : prefix === undefined ? label : `${prefix}_${label}`
  return { ...resolveExpression(aggregate.value, scope), name }
}

/** A row for each group of columns: their values, and the label that says which they were. */
export function unpivot({ values, name, groups }: Unpivot, scope: Scope): Relation {
  const members = groups.map(({ columns }) => columns.map(({ parts }) => ({ parts, value: lookUp(parts, scope) })))
  const consumed = new Set(members.flat().map(({ parts }) => (parts.at(-1)?.text ?? '').toLowerCase()))
  for (const { value } of members.flat()) realize(value.reads, 'select')
  const kept = relationOf(scope.from).columns.filter(column => !isAmong(consumed, column.name ?? ''))
  const valueColumns = values.map(({ text }, index): Column => {
    const column = members.flatMap(group => group[index]?.value ?? [])
    return { name: text, type: supertype(column), reads: mergeReads(...column.map(({ reads }) => reads)) }
  })
  const isNumbered = groups.some(({ label }) => label?.kind === 'IntegerLiteral')
  const label: Column = { name: name.text, type: scalar(isNumbered ? 'INT64' : 'STRING'), reads: new Map() }
  return { columns: [...kept, ...valueColumns, label] }
}

/** Columns that the operator itself uses are no longer columns of its answer. */
function namesIn(expressions: readonly Expression[]): ReadonlySet<string> {
  const names = new Set<string>()
  for (const expression of expressions) {
    visit(expression, {
      PathExpression: ({ parts }) => {
        for (const part of parts) names.add(part.text.toLowerCase())
      },
    })
  }
  return names
}

function isAmong(names: ReadonlySet<string>, name: string): boolean {
  return names.has(name.toLowerCase())
}

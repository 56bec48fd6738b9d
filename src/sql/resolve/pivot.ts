import type { Expression } from '../../googlesql/ast/expression.ts'
import type { Identifier } from '../../googlesql/ast/name.ts'
import type { Pivot, PivotItem, Unpivot } from '../../googlesql/ast/table.ts'
import { visit } from '../../googlesql/walk.ts'
import { Failure } from '../../model/failure.ts'
import { sameName } from '../table-name.ts'
import { supertype } from '../types/supertype.ts'
import { scalar } from '../types/type-makers.ts'
import { resolveExpression, type Scope } from './context.ts'
import { nameLeaves } from './leaves.ts'
import { lookUp } from './lookup.ts'
import { pivotColumnName } from './pivot-names.ts'
import { type Column, mergeReads, type Relation, realize, type Value } from './relation.ts'
import { starOf } from './rows.ts'

/** A column for each value and aggregate; the input's other columns are what the rows are grouped by. */
export function pivot({ aggregates, for: input, values }: Pivot, scope: Scope): Relation {
  const chosen = resolveExpression(input, scope)
  realize(chosen.reads, 'group')
  const consumed = namesIn([input, ...aggregates.map(({ value }) => value)])
  const kept = starOf(scope.from).filter(({ name }) => name === undefined || !isAmong(consumed, name))
  for (const column of kept) realize(column.reads, 'group')
  const results = values.flatMap(value => aggregates.map(aggregate => pivotColumn(value, aggregate, scope)))
  return { columns: [...kept, ...results] }
}

function pivotColumn(value: PivotItem, aggregate: PivotItem, scope: Scope): Column {
  const name = pivotColumnName(value.value, value.alias?.text, aggregate.alias?.text)
  return { ...resolveExpression(aggregate.value, scope), name }
}

/** A row for each group of columns: their values, and the label that says which they were. */
export function unpivot({ values, name, groups }: Unpivot, scope: Scope): Relation {
  const members = groups.map(({ columns }) => columns.map(({ parts }) => ({ parts, value: lookUp(parts, scope) })))
  const consumed = new Set(members.flat().map(nameOf))
  for (const member of members.flat()) refuseField(member, scope)
  refuseRepeated(members.flat())
  for (const { value } of members.flat()) realize(value.reads, 'select')
  const kept = starOf(scope.from).filter(column => !isAmong(consumed, column.name ?? ''))
  for (const column of kept) nameLeaves(column)
  const valueColumns = values.map(({ text }, index): Column => {
    const column = members.flatMap(group => group[index]?.value ?? [])
    return { name: text, type: supertype(column), reads: mergeReads(...column.map(({ reads }) => reads)) }
  })
  const isNumbered = groups.some(({ label }) => label?.kind === 'IntegerLiteral')
  const label: Column = { name: name.text, type: scalar(isNumbered ? 'INT64' : 'STRING'), reads: new Map() }
  return { columns: [...kept, ...valueColumns, label] }
}

type Member = { readonly parts: readonly Identifier[]; readonly value: Value }

function nameOf({ parts }: Member): string {
  return (parts.at(-1)?.text ?? '').toLowerCase()
}

/** `a` and `t.a` are one column; those that have one name by chance derive from other columns. */
function refuseRepeated(members: readonly Member[]): void {
  const seen = new Map<string, Value>()
  for (const member of members) {
    const name = nameOf(member)
    if (seen.get(name)?.reads === member.value.reads) {
      throw new Failure('query_invalid', { detail: `UNPIVOT names the column ${name} more than once.` })
    }
    seen.set(name, member.value)
  }
}

/** A field of a column is no column. */
function refuseField({ parts }: Member, { from }: Scope): void {
  const [head, second, third] = parts
  const isColumn =
    second === undefined || from.ranges.some(({ name }) => name !== undefined && sameName(name, head?.text ?? ''))
  if (isColumn && third === undefined) return
  throw new Failure('query_invalid', { detail: 'UNPIVOT takes columns, and no fields of them.' })
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

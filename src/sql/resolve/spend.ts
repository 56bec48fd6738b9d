import type { ColumnType } from '../../model/column-type.ts'
import { Failure } from '../../model/failure.ts'

/** The columns and fields that the parts of a statement brought along so far. */
export type Spent = { columns: number }

/** Far more than any table has; relations joined with themselves and structs put into one another double with each step. */
const maxColumns = 1_000_000

/** Counts what a part of a statement brings along, so that no short text is the work of hours. */
export function spend(count: number, spent: Spent): void {
  spent.columns += count
  if (spent.columns <= maxColumns) return
  throw new Failure('request_too_large', {
    detail: `The parts of a query may bring ${maxColumns} columns along, all together; in this one they multiply.`,
    next: 'Name the columns that you need in the place of *, and leave out joins of a relation with itself.',
  })
}

export function spendType(type: ColumnType | undefined, spent: Spent): void {
  if (type === undefined || type.kind === 'scalar') return
  const fields = fieldsIn(type)
  if (fields > 1) spend(fields, spent)
}

// A struct in a struct is one object, so that each is counted once however often it stands there.
const counts = new WeakMap<ColumnType, number>()

function fieldsIn(type: ColumnType): number {
  switch (type.kind) {
    case 'scalar':
      return 1
    case 'array':
    case 'range':
      return fieldsIn(type.element)
    case 'struct': {
      const known = counts.get(type)
      if (known !== undefined) return known
      const count = type.fields.reduce((sum, field) => sum + fieldsIn(field.type), 1)
      counts.set(type, count)
      return count
    }
  }
}

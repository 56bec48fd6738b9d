import type { RowFilter } from '../model/decision.ts'

/** A set in one order: rules give sets in the order of a hash. */
export function bySortedText<T>(values: readonly T[]): T[] {
  return values
    .map(value => ({ value, text: JSON.stringify(value) }))
    .sort((left, right) => (left.text < right.text ? -1 : left.text > right.text ? 1 : 0))
    .map(({ value }) => value)
}

/** A condition whose lists are in one order; order means nothing in any of them. */
export function sortedCondition(condition: RowFilter): RowFilter {
  if (condition.type === 'compound') {
    return { ...condition, value: bySortedText(condition.value.map(sortedCondition)) }
  }
  return isList(condition.value) ? { ...condition, value: bySortedText(condition.value) } : condition
}

function isList<T>(value: T | readonly T[]): value is readonly T[] {
  return Array.isArray(value)
}

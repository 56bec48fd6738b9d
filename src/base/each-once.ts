/** Items with one key are one: it stands where the first of them does, and is the last. */
export function eachOnce<T>(items: readonly T[], keyOf: (item: T) => string): readonly T[] {
  return [...new Map(items.map(item => [keyOf(item), item])).values()]
}

/** The fields that are there, so that what is absent stays absent. */
export function spared<T extends object>(fields: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  const there = Object.entries(fields).filter(([, value]) => value !== undefined)
  return Object.fromEntries(there) as ReturnType<typeof spared<T>>
}

/** A field that is null is one that is not there: some clients write every field that they know. */
export function withoutNulls(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutNulls)
  if (typeof value !== 'object' || value === null) return value
  const there = Object.entries(value).filter(([, inner]) => inner !== null)
  return Object.fromEntries(there.map(([name, inner]) => [name, withoutNulls(inner)]))
}

/** The fields that are there, so that what is absent stays absent. */
export function spared<T extends object>(fields: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  const there = Object.entries(fields).filter(([, value]) => value !== undefined)
  return Object.fromEntries(there) as ReturnType<typeof spared<T>>
}

/** The fields that BigQuery gave: some of its servers say null where others say nothing. */
export function givenFields<T extends object>(fields: T): { [K in keyof T]?: NonNullable<T[K]> } {
  const given = Object.entries(fields).filter(([, value]) => value !== undefined && value !== null)
  return Object.fromEntries(given) as ReturnType<typeof givenFields<T>>
}

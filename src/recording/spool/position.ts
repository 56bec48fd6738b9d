/** A place between two lines of a writer's segments. */
export type Position = { readonly segment: number; readonly offset: number }

export function isBefore(a: Position, b: Position): boolean {
  return a.segment < b.segment || (a.segment === b.segment && a.offset < b.offset)
}

/** The smallest of those that are given; undefined where none is. */
export function least(...figures: readonly (number | undefined)[]): number | undefined {
  const given = figures.filter(figure => figure !== undefined)
  return given.length === 0 ? undefined : Math.min(...given)
}

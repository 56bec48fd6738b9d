/** Stands in the default case of a closed union: an unknown case does not compile, and is refused at run time. */
export function unreachable(value: never): never {
  throw new Error(`unreachable case: ${JSON.stringify(value)}`)
}

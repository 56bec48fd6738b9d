/** Runs `apply` once, before anything else; a failure is forgotten, so that the next use tries again. */
export function schemaFirst(apply: () => Promise<void>): () => Promise<void> {
  let applied: Promise<void> | undefined
  return () => {
    applied ??= apply().catch(cause => {
      applied = undefined
      throw cause
    })
    return applied
  }
}

/** A part of the model as JSON text; maps become objects, so that nothing is silently left out. Keys of Sluice's own stay out. */
export function documentText(value: unknown): string {
  return JSON.stringify(value, (_, part: unknown) => {
    if (part instanceof Map) return Object.fromEntries(part)
    return isSecret(part) ? { ...part, value: null } : part
  })
}

function isSecret(part: unknown): part is { readonly isSecret: true } {
  return typeof part === 'object' && part !== null && 'isSecret' in part && part.isSecret === true
}

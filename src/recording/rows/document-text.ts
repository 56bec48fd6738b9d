/** A part of the model as JSON text; maps become objects, so that nothing is silently left out. */
export function documentText(value: unknown): string {
  return JSON.stringify(value, (_, part: unknown) => (part instanceof Map ? Object.fromEntries(part) : part))
}

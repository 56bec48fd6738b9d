/** JSON as opa hashes it: keys in the order of their bytes, no white space, Go's escapes. */
export function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`
  if (typeof value !== 'object' || value === null) return primitive(value)
  const keys = Object.entries(value).sort(([left], [right]) => Buffer.compare(Buffer.from(left), Buffer.from(right)))
  return `{${keys.map(([key, inner]) => `${primitive(key)}:${canonicalJson(inner)}`).join(',')}}`
}

function primitive(value: unknown): string {
  return JSON.stringify(value).replaceAll('\u2028', '\\u2028').replaceAll('\u2029', '\\u2029')
}

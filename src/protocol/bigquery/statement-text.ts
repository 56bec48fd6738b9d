type Option = string | number | boolean | Date | Readonly<Record<string, string>>
type Options = Readonly<Record<string, Option | undefined>>

/** A complete name. What names may have (see `names.ts`) cannot end the quotes. */
export function quotedName(...parts: readonly string[]): string {
  return `\`${parts.join('.')}\``
}

/** JSON writes text as GoogleSQL reads it. */
export function quotedText(text: string): string {
  return JSON.stringify(text)
}

/** An OPTIONS clause of the options that are there; none where none is. */
export function optionsClause(options: Options): string {
  const set = Object.entries(options).flatMap(([name, value]) => {
    if (value === undefined || isEmpty(value)) return []
    return [`${name} = ${optionValue(value)}`]
  })
  return set.length === 0 ? '' : ` OPTIONS (${set.join(', ')})`
}

function isEmpty(value: Option): boolean {
  return typeof value === 'object' && !(value instanceof Date) && Object.keys(value).length === 0
}

function optionValue(value: Option): string {
  if (typeof value === 'string') return quotedText(value)
  if (typeof value === 'number' || typeof value === 'boolean') return String(value)
  if (value instanceof Date) return `TIMESTAMP ${quotedText(value.toISOString())}`
  const pairs = Object.entries(value).map(([key, label]) => `(${quotedText(key)}, ${quotedText(label)})`)
  return `[${pairs.join(', ')}]`
}

type Options = Readonly<Record<string, string | number | Readonly<Record<string, string>> | undefined>>

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
    if (value === undefined || (typeof value === 'object' && Object.keys(value).length === 0)) return []
    return [`${name} = ${optionValue(value)}`]
  })
  return set.length === 0 ? '' : ` OPTIONS (${set.join(', ')})`
}

function optionValue(value: Exclude<Options[string], undefined>): string {
  if (typeof value === 'string') return quotedText(value)
  if (typeof value === 'number') return String(value)
  const pairs = Object.entries(value).map(([key, label]) => `(${quotedText(key)}, ${quotedText(label)})`)
  return `[${pairs.join(', ')}]`
}

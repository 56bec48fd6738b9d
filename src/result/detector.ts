/** Where something was found in a text. */
export type Found = { readonly start: number; readonly end: number }

/** Finds every occurrence of one kind of content, in time linear in the text. */
export type Detector = (text: string) => readonly Found[]

export const nothing: readonly Found[] = []

/** Every match of a global pattern that `accepts` agrees to. */
export function matches(pattern: RegExp, text: string, accepts: (match: string) => boolean): readonly Found[] {
  let found: Found[] | undefined
  for (const match of text.matchAll(pattern)) {
    const [whole] = match
    if (!accepts(whole)) continue
    found ??= []
    found.push({ start: match.index, end: match.index + whole.length })
  }
  return found ?? nothing
}

/** The text with each occurrence replaced. */
export function replaceFound(text: string, found: readonly Found[], replacement: string): string {
  let result = ''
  let kept = 0
  for (const { start, end } of found) {
    result += text.slice(kept, start) + replacement
    kept = end
  }
  return result + text.slice(kept)
}

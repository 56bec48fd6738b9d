// Marks that change what a reader sees without being seen: zero-width, bidirectional, tags, supplementary selectors.
// The joiners U+200C and U+200D stay, because emoji and several scripts are misspelt without them.
const invisible = /[\u00AD\u180E\u200B\u200E\u200F\u202A-\u202E\u2060-\u206F\uFEFF\u{E0000}-\u{E01EF}]/gu

/** Text as a model may read it: what people cannot see is spelled out as `\u{202E}`. */
export function showText(text: string): string {
  return text.replace(invisible, mark => `\\u{${mark.codePointAt(0)?.toString(16).toUpperCase()}}`)
}

import type { MaskKind } from '../../model/decision.ts'

/** What is said of a column that is masked for whoever asks, behind its own description. */
export function maskedNote(mask: MaskKind): string {
  return `Masked for you (${mask}).`
}

/** A description without that note: clients send back what they were shown. */
export function withoutMaskedNote(description: string): string {
  return description.replace(/ ?Masked for you \(\w+\)\.$/, '')
}

import { type Found, matches } from '../detector.ts'

/** `+` and a country's code, or a North American number in its groups. Bare digits are numbers. */
const pattern =
  /(?<![\w+])\+[1-9](?:[ .()-]{0,2}\d){7,14}(?!\d)|(?<![\w.-])(?:\([2-9]\d{2}\) ?|[2-9]\d{2}[-. ])[2-9]\d{2}[-. ]\d{4}(?![\w-]|\.\d)/g

export function findPhoneNumbers(text: string): readonly Found[] {
  return matches(pattern, text, () => true)
}

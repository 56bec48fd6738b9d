import { type Found, matches } from '../detector.ts'

/** Numbers of 9xx are taxpayers' numbers, which tell as much. */
const pattern = /(?<![\w-])(?!000|666)\d{3}-(?!00)\d{2}-(?!0000)\d{4}(?![\w-])/g

export function findSocialSecurityNumbers(text: string): readonly Found[] {
  return matches(pattern, text, () => true)
}

import { type Found, matches } from '../detector.ts'

/** In one run, or in the groups that are printed on a card, with one kind of separator. */
const pattern = /(?<![\w.-])(?:\d{13,19}|\d{4}([ -])\d{4}\1\d{4}\1\d{1,7}|\d{4}([ -])\d{6}\2\d{4,5})(?![\w-]|\.\d)/g

/** How the numbers of the card networks begin. */
const issuer = /^(?:4|5[1-5]|2[2-7]|3[0-9]|6(?:011|4|5|2))/

export function findCreditCards(text: string): readonly Found[] {
  return matches(pattern, text, match => {
    const digits = match.replace(/[ -]/g, '')
    return issuer.test(digits) && passesLuhn(digits)
  })
}

/** The check digit: every second digit from the right counts double. */
export function passesLuhn(digits: string): boolean {
  let sum = 0
  for (let index = 0; index < digits.length; index++) {
    const digit = digits.charCodeAt(digits.length - 1 - index) - 48
    const doubled = digit * 2
    sum += index % 2 === 0 ? digit : doubled > 9 ? doubled - 9 : doubled
  }
  return sum % 10 === 0
}

/** Readers of BigQuery's text of a value. Each throws a `RangeError` for text of another form: a wrong value is none. */

const microsPerSecond = 1_000_000n
const secondsPerDay = 86_400_000

/** Days since 1970 of `2024-01-31`. */
export function daysIn(text: string): number {
  const [, date] = matched(/^(\d{4}-\d\d-\d\d)$/, text)
  return Date.parse(`${date}T00:00:00Z`) / secondsPerDay
}

/** Microseconds since 1970 of `2024-01-31T12:00:00.123456`, with or without a `Z`. */
export function microsIn(text: string): bigint {
  const [, whole, fraction] = matched(/^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(?:\.(\d{1,6}))?Z?$/, text)
  return BigInt(Date.parse(`${whole}Z`)) * 1_000n + BigInt(fraction.padEnd(6, '0'))
}

/** Microseconds since midnight of `12:00:00.123456`. */
export function microsOfDayIn(text: string): bigint {
  const [, hours, minutes, seconds, fraction] = matched(/^(\d\d):(\d\d):(\d\d)(?:\.(\d{1,6}))?$/, text)
  const whole = Number(hours) * 3_600 + Number(minutes) * 60 + Number(seconds)
  return BigInt(whole) * microsPerSecond + BigInt(fraction.padEnd(6, '0'))
}

/** `-12.5` as an integer number of units of the last decimal place: with a scale of 9, -12500000000. */
export function unscaledIn(text: string, scale: number): bigint {
  const [, sign, whole, fraction, exponent] = matched(/^([+-]?)(\d*)(?:\.(\d*))?(?:[eE]([+-]?\d{1,3}))?$/, text)
  const places = scale + Number(exponent) - fraction.length
  const digits = BigInt(`${whole}${fraction}`)
  const units = places < 0 ? divided(digits, 10n ** BigInt(-places), text) : digits * 10n ** BigInt(places)
  return sign === '-' ? -units : units
}

function divided(digits: bigint, by: bigint, text: string): bigint {
  if (digits % by !== 0n) throw new RangeError(`${text} has more decimal places than its type`)
  return digits / by
}

/** `NaN`, `Infinity` and `-Infinity` are written like that in both. */
export function float64In(text: string): number {
  const number = Number(text)
  if (text === '' || (Number.isNaN(number) && text !== 'NaN')) throw new RangeError(`${text} is no FLOAT64`)
  return number
}

/** The two ends of `[2020-01-01, 2020-12-31)`; an open one is undefined. */
export function endsIn(text: string): readonly [start: string | undefined, end: string | undefined] {
  const [, start, end] = matched(/^\[([^,]+), ([^)]+)\)$/, text)
  return [boundIn(start), boundIn(end)]
}

function boundIn(text: string): string | undefined {
  return text === 'UNBOUNDED' || text === 'NULL' ? undefined : text
}

/** The parts of a text; one that is not there is empty. */
function matched(form: RegExp, text: string): Parts {
  const found = form.exec(text)
  if (found === null) throw new RangeError(`${JSON.stringify(text.slice(0, 50))} is not of its type`)
  return found.map(part => part ?? '') as unknown as Parts
}
type Parts = readonly [string, string, string, string, string]

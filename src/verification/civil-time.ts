// The analyzer packs civil times into bit fields: year, month, day, hour, minute, second, from high to low.

const dayMs = 86_400_000
const civil = /^(?:(\d{4})-(\d{2})-(\d{2}))?[T ]?(?:(\d{2}):(\d{2}):(\d{2})(?:\.(\d{1,9}))?)?$/

export function dateNumber(text: string): number {
  const days = Date.parse(`${text}T00:00:00Z`) / dayMs
  if (Number.isInteger(days)) return days
  throw new Error(`${text} is not a date.`)
}

export function dateText(days: number): string {
  return new Date(days * dayMs).toISOString().slice(0, 10)
}

export function datetimeBits(text: string): { readonly seconds: bigint; readonly nanos: number } {
  const [year, month, day, hour, minute, second, nanos] = civilParts(text)
  const date = (year << 26n) | (month << 22n) | (day << 17n)
  return { seconds: date | (hour << 12n) | (minute << 6n) | second, nanos: Number(nanos) }
}

export function datetimeText(bits: bigint, nanos: number): string {
  const date = `${padded(bits >> 26n, 4)}-${padded((bits >> 22n) & 15n, 2)}-${padded((bits >> 17n) & 31n, 2)}`
  return `${date}T${clockText(bits & 0x1ffffn, nanos)}`
}

export function timeBits(text: string): bigint {
  const [, , , hour, minute, second, nanos] = civilParts(text)
  return (((hour << 12n) | (minute << 6n) | second) << 30n) | nanos
}

export function timeText(bits: bigint): string {
  return clockText(bits >> 30n, Number(bits & 0x3fffffffn))
}

export function timestampText(seconds: bigint, nanos: number): string {
  return `${new Date(Number(seconds) * 1_000).toISOString().slice(0, 19)}${fraction(nanos)}Z`
}

type Civil = [bigint, bigint, bigint, bigint, bigint, bigint, bigint]

function civilParts(text: string): Civil {
  const match = civil.exec(text)
  if (match === null) throw new Error(`${text} is not a civil time.`)
  const part = (at: number): bigint => BigInt(match[at] ?? 0)
  return [part(1), part(2), part(3), part(4), part(5), part(6), BigInt((match[7] ?? '').padEnd(9, '0'))]
}

function clockText(bits: bigint, nanos: number): string {
  const clock = [bits >> 12n, (bits >> 6n) & 63n, bits & 63n].map(part => padded(part, 2)).join(':')
  return `${clock}${fraction(nanos)}`
}

function fraction(nanos: number): string {
  return nanos === 0 ? '' : `.${padded(BigInt(nanos), 9).replace(/(?:000)+$/, '')}`
}

function padded(part: bigint, digits: number): string {
  return part.toString().padStart(digits, '0')
}

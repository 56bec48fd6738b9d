import { InvalidArgumentError } from 'commander'

const spans: Readonly<Record<string, number>> = { m: 60_000, h: 3_600_000, d: 86_400_000 }

/** A time, or how long ago: `2026-05-04`, `30m`, `12h`, `7d`. */
export function parseTime(text: string): Date {
  const [, count, unit = ''] = /^(\d+)([mhd])$/.exec(text) ?? []
  const time = count === undefined ? new Date(text) : new Date(Date.now() - Number(count) * (spans[unit] ?? 0))
  if (Number.isNaN(time.getTime())) {
    throw new InvalidArgumentError(`"${text}" is neither a time nor a span such as 30m, 12h or 7d`)
  }
  return time
}

export function parseCount(text: string): number {
  if (!/^\d+$/.test(text)) throw new InvalidArgumentError(`"${text}" is not a whole number`)
  return Number(text)
}

export function parseFactor(text: string): number {
  const factor = Number(text)
  if (!(factor > 0 && factor < Number.POSITIVE_INFINITY)) {
    throw new InvalidArgumentError(`"${text}" is not a number above 0`)
  }
  return factor
}

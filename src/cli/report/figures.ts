export type Unit = 'ms' | 'bytes' | undefined

const byteUnits = ['B', 'KiB', 'MiB', 'GiB', 'TiB', 'PiB']

/** A figure as people read it. */
export function figureText(value: number, unit: Unit): string {
  if (!Number.isFinite(value)) return '–'
  if (unit === 'bytes') return bytesText(value)
  if (unit === 'ms') return value < 1_000 ? `${round(value)} ms` : `${round(value / 1_000)} s`
  if (value >= 1_000_000) return `${round(value / 1_000_000)} M`
  return value >= 10_000 ? `${round(value / 1_000)} k` : String(round(value))
}

function bytesText(value: number): string {
  const power = bytePower(value)
  return `${round(value / 1_024 ** power)} ${byteUnits[power]}`
}

function bytePower(value: number): number {
  return Math.min(byteUnits.length - 1, Math.floor(Math.log(Math.max(1, value)) / Math.log(1_024)))
}

function round(value: number): number {
  return value >= 100 ? Math.round(value) : Math.round(value * 10) / 10
}

/** The smallest of 1, 2 and 5 times a power of ten that is no less, in the unit that the figure is written in. */
export function niceCeiling(value: number, unit: Unit): number {
  if (value <= 0) return 1
  if (unit === 'bytes') return niceCeiling(value / 1_024 ** bytePower(value), undefined) * 1_024 ** bytePower(value)
  const power = 10 ** Math.floor(Math.log10(value))
  return ([1, 2, 5, 10].find(step => step * power >= value) ?? 10) * power
}

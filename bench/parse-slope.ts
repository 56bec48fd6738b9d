import { parseScript } from '../src/googlesql/parse/parse.ts'
import { sampleQueries } from './sample-queries.ts'
import { median, round } from './times.ts'

const kib = 1_024
const sizes = [1, 4, 16, 64, 256, 1_024].map(size => size * kib)
/** About this much text is read at every size. */
const readBytes = 4 * 1_024 * kib
const leastRuns = 5
const warmUps = 50

/** `cpuUsPerKib` has what collecting garbage took, and not what other programs took. */
type SizeTimes = {
  readonly kib: number
  readonly n: number
  readonly usPerKib: number
  readonly cpuUsPerKib: number
  readonly ms: number
}

export type ParseSlope = {
  readonly sizes: readonly SizeTimes[]
  /** Processor time grows as length to this power; 1 is linear. */
  readonly exponent: number
}

/** How parsing time grows with the length of a text. */
export function benchParseSlope(): ParseSlope {
  for (let run = 0; run < warmUps; run++) parseScript(sampleQueries.long)
  const measured = sizes.map(timesAt)
  return { sizes: measured, exponent: exponentOf(measured) }
}

function timesAt(size: number): SizeTimes {
  const text = textOf(size)
  const n = Math.max(leastRuns, Math.ceil(readBytes / size))
  const before = process.cpuUsage()
  const ms = median(Array.from({ length: n }, () => parseMs(text)))
  const { user, system } = process.cpuUsage(before)
  const usPerKib = round((ms * 1_000 * kib) / size)
  return { kib: size / kib, n, usPerKib, cpuUsPerKib: round(((user + system) / n / size) * kib), ms: round(ms) }
}

function parseMs(text: string): number {
  const began = performance.now()
  parseScript(text)
  return performance.now() - began
}

/** One statement of that length at most: a query after another, and spaces to the end. */
function textOf(bytes: number): string {
  const part = sampleQueries.join.slice(0, sampleQueries.join.indexOf('ORDER BY'))
  const count = Math.max(1, Math.floor(bytes / (part.length + ' UNION ALL '.length)))
  return Array.from({ length: count }, () => part)
    .join(' UNION ALL ')
    .padEnd(bytes)
}

/** Least squares through the logarithms. */
function exponentOf(measured: ParseSlope['sizes']): number {
  const points = measured.map(({ kib: size, cpuUsPerKib }) => [Math.log(size), Math.log(cpuUsPerKib * size)] as const)
  const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length
  const [x, y] = [mean(points.map(([size]) => size)), mean(points.map(([, time]) => time))]
  const above = points.reduce((sum, [size, time]) => sum + (size - x) * (time - y), 0)
  return round(above / points.reduce((sum, [size]) => sum + (size - x) ** 2, 0))
}

export function slopeTable({ sizes: measured, exponent }: ParseSlope): string {
  return [
    'parsing by length           n     µs per KiB  CPU µs per KiB         ms',
    ...measured.map(({ kib: size, n, usPerKib, cpuUsPerKib, ms }) => {
      const figures = [String(n).padStart(8), String(usPerKib).padStart(14), String(cpuUsPerKib).padStart(15)]
      return `  ${`${size} KiB`.padEnd(18)} ${figures.join(' ')} ${String(ms).padStart(10)}`
    }),
    `  processor time grows as length to the power of ${exponent}`,
  ].join('\n')
}

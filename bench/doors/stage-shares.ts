import { round } from '../times.ts'

/** What the gateway's own metrics had counted at some moment. */
export type StageSums = ReadonlyMap<string, { readonly seconds: number; readonly count: number }>
export type StageShare = {
  readonly stage: string
  readonly perQuery: number
  readonly ms: number
  readonly share: number
}

const whole = 'the whole request'
const line = /^sluice_(stage|http)_seconds_(sum|count)\{(?:stage|route)="([^"]+)"[^}]*\} (\S+)$/

export async function readStages(operationsUrl: string): Promise<StageSums> {
  const text = await (await fetch(new URL('/metrics', operationsUrl))).text()
  const sums = new Map<string, { seconds: number; count: number }>()
  for (const [, of, figure, label = '', value] of text.split('\n').flatMap(row => [line.exec(row) ?? []])) {
    if (of === undefined || (of === 'http' && !/queries|bigquery/.test(label))) continue
    const name = of === 'http' ? whole : label
    const known = sums.get(name) ?? { seconds: 0, count: 0 }
    const added = Number(value)
    const sum = figure === 'sum' ? { seconds: known.seconds + added } : { count: known.count + added }
    sums.set(name, { ...known, ...sum })
  }
  return sums
}

/** The milliseconds of each stage in one request, and their share of it. `verify` and `record` wait without using the processor. */
export function stageShares(before: StageSums, after: StageSums): readonly StageShare[] {
  const spent = [...after].map(([stage, { seconds, count }]) => {
    const known = before.get(stage) ?? { seconds: 0, count: 0 }
    return { stage, ms: (seconds - known.seconds) * 1_000, count: count - known.count }
  })
  const requests = spent.find(({ stage }) => stage === whole) ?? { ms: 0, count: 0 }
  return spent
    .map(({ stage, ms, count }) => ({
      stage,
      perQuery: round(count / requests.count),
      ms: round(ms / requests.count),
      share: round(ms / requests.ms),
    }))
    .toSorted((left, right) => right.ms - left.ms)
}

export function sharesTable(shares: readonly StageShare[]): string {
  return [
    '  stage (gateway metrics)      times       ms    share',
    ...shares.map(({ stage, perQuery, ms, share }) => {
      const percent = `${(share * 100).toFixed(1)} %`
      return `  ${stage.padEnd(24)} ${String(perQuery).padStart(9)} ${String(ms).padStart(8)} ${percent.padStart(8)}`
    }),
  ].join('\n')
}

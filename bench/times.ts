/** What is known of a step after it ran many times. */
export type Times = { readonly n: number; readonly median: number; readonly p95: number }

/** The value below which that share of the values lies; undefined for none. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((left, right) => left - right)
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN
}

export function median(values: readonly number[]): number {
  return quantile(values, 0.5)
}

export function timesOf(values: readonly number[]): Times {
  return { n: values.length, median: round(median(values)), p95: round(quantile(values, 0.95)) }
}

/** Three digits that say something. */
export function round(value: number): number {
  return Number(value.toPrecision(3))
}

export type Steps = Readonly<Record<string, () => unknown>>
export type Effort = { readonly rounds: number; readonly warmUps: number; readonly budgetMs: number }

/**
 * The microseconds of each step. Each round runs every step once, so that whatever else the machine does falls on all alike;
 * there are fewer rounds where they would take longer than the budget.
 */
export async function timeSteps(steps: Steps, effort: Effort): Promise<Readonly<Record<string, Times>>> {
  const values = Object.fromEntries(Object.keys(steps).map(name => [name, [] as number[]]))
  const began = performance.now()
  for (let round = -effort.warmUps; round < effort.rounds; round++) {
    for (const [name, step] of Object.entries(steps)) {
      const elapsed = await microseconds(step)
      if (round >= 0) values[name]?.push(elapsed)
    }
    if (round > 0 && performance.now() - began > effort.budgetMs) break
  }
  return Object.fromEntries(Object.entries(values).map(([name, times]) => [name, timesOf(times)]))
}

/** A step without a promise is not awaited: a turn of the event loop is not its time. */
async function microseconds(step: () => unknown): Promise<number> {
  const began = performance.now()
  const result = step()
  if (result instanceof Promise) await result
  return (performance.now() - began) * 1_000
}

const firstMs = 100
const longestMs = 10_000

/** How long to wait after the nth failure in a row: doubling, with jitter so that replicas do not return as one. */
export function backOffMs(failures: number, random: number): number {
  const full = Math.min(longestMs, firstMs * 2 ** Math.min(failures, 20))
  return Math.round(full * (0.5 + random / 2))
}

import { median, quantile, round } from '../times.ts'
import type { Way } from './open-doors.ts'

export type WayTimes = {
  readonly way: string
  readonly n: number
  readonly p50Ms: number
  readonly p95Ms: number
  readonly perSecond: number
  /** Of the process in the way alone; absent where nothing is in it. */
  readonly cpuMs?: number
}

export type Comparison = {
  readonly ways: readonly WayTimes[]
  /** Sluice to the blind proxy, and to the upstream straight: the median of what single rounds show. */
  readonly ratios: {
    readonly p50ToProxy: number
    readonly p50ToStraight: number
    readonly cpuToProxy: number
    readonly cpuToFloor?: number
  }
  readonly addedMs: { readonly p50ToProxy: number; readonly p50ToStraight: number }
}

export type Load = {
  readonly rounds: number
  /** Rounds that do not count: a process is ten times as fast after some hundred queries. */
  readonly warmUpRounds: number
  readonly queriesPerRound: number
  readonly clients: number
}
type Round = { readonly times: readonly number[]; readonly seconds: number; readonly cpuMs: number }

/**
 * Asks over each way in turn, round after round, so that all of them share whatever else the machine does. The ways are
 * straight, the blind proxy, Sluice and, where it is given, the floor.
 */
export async function compareWays(
  ways: readonly Way[],
  ask: (way: Way) => Promise<unknown>,
  load: Load,
): Promise<Comparison> {
  const rounds: Round[][] = ways.map(() => [])
  for (let number = -load.warmUpRounds; number < load.rounds; number++) {
    for (const [index, way] of ways.entries()) {
      const measured = await runRound(way, () => ask(way), load)
      if (number >= 0) rounds[index]?.push(measured)
    }
  }
  const [straight = [], proxy = [], sluice = [], floor] = rounds
  const p50 = (some: readonly Round[]) => some.map(({ times }) => median(times))
  const cpu = (some: readonly Round[]) => some.map(({ cpuMs }) => cpuMs)
  return {
    ways: ways.map((way, index) => timesOfWay(way, rounds[index] ?? [])),
    ratios: {
      p50ToProxy: pairwise(p50(sluice), p50(proxy), (own, other) => own / other),
      p50ToStraight: pairwise(p50(sluice), p50(straight), (own, other) => own / other),
      cpuToProxy: pairwise(cpu(sluice), cpu(proxy), (own, other) => own / other),
      ...(floor && { cpuToFloor: pairwise(cpu(sluice), cpu(floor), (own, other) => own / other) }),
    },
    addedMs: {
      p50ToProxy: pairwise(p50(sluice), p50(proxy), (own, other) => own - other),
      p50ToStraight: pairwise(p50(sluice), p50(straight), (own, other) => own - other),
    },
  }
}

async function runRound({ program }: Way, ask: () => Promise<unknown>, load: Load): Promise<Round> {
  const { queriesPerRound, clients } = load
  const times: number[] = []
  let left = queriesPerRound
  const before = (await program?.read())?.cpuMs ?? 0
  const began = performance.now()
  const client = async () => {
    while (left-- > 0) {
      const sent = performance.now()
      await ask()
      times.push(performance.now() - sent)
    }
  }
  await Promise.all(Array.from({ length: clients }, client))
  const seconds = (performance.now() - began) / 1_000
  const cpuMs = (((await program?.read())?.cpuMs ?? 0) - before) / queriesPerRound
  return { times, seconds, cpuMs }
}

function timesOfWay({ name, program }: Way, rounds: readonly Round[]): WayTimes {
  const times = rounds.flatMap(({ times: some }) => some)
  return {
    way: name,
    n: times.length,
    ...{ p50Ms: round(median(times)), p95Ms: round(quantile(times, 0.95)) },
    perSecond: round(median(rounds.map(({ times: some, seconds }) => some.length / seconds))),
    ...(program === undefined ? {} : { cpuMs: round(median(rounds.map(({ cpuMs }) => cpuMs))) }),
  }
}

function pairwise(own: readonly number[], others: readonly number[], of: (own: number, other: number) => number) {
  return round(median(own.map((value, index) => of(value, others[index] ?? Number.NaN))))
}

export function comparisonTable(title: string, { ways, ratios, addedMs }: Comparison): string {
  const cell = (value: number | undefined) => String(value ?? '').padStart(10)
  return [
    `${title.padEnd(40)} n    p50 ms     p95 ms  per second  CPU ms per query`,
    ...ways.map(({ way, n, p50Ms, p95Ms, perSecond, cpuMs }) => {
      return `  ${way.padEnd(34)} ${String(n).padStart(5)} ${[p50Ms, p95Ms, perSecond, cpuMs].map(cell).join(' ')}`
    }),
    `  Sluice to the blind proxy: p50 x ${ratios.p50ToProxy} (${addedMs.p50ToProxy} ms more), CPU x ${ratios.cpuToProxy}`,
    `  Sluice to straight:        p50 x ${ratios.p50ToStraight} (${addedMs.p50ToStraight} ms more)`,
    ...(ratios.cpuToFloor === undefined ? [] : [`  Sluice to the floor:       CPU x ${ratios.cpuToFloor}`]),
  ].join('\n')
}

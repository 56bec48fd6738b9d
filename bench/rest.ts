import { openClient, rowsQuery, smallQuery } from './doors/ask.ts'
import { type Comparison, compareWays, comparisonTable, type Load } from './doors/compare-ways.ts'
import { openDoors, type Upstream, type Way } from './doors/open-doors.ts'
import { type Streamed, streamedLine, streamRows } from './doors/stream-rows.ts'
import { type DoorOptions, loads, nodeOptionsOf, upstreamsOf } from './gateway.ts'

export type RestOptions = DoorOptions & { readonly streamMb: number }
type RestReport = {
  readonly upstream: Upstream
  readonly small: Comparison
  readonly manyClients: Comparison
  readonly large: Comparison
  readonly streamed?: Streamed
}

const largeRows = 100_000
const clients = 8
const goals = { cpuToProxy: 1.3, addedMs: 1, grownMb: 64 }

/** BigQuery's API through Sluice: latency, throughput and processor time beside a blind proxy, and memory while much is read. */
export async function benchRest(options: RestOptions): Promise<readonly RestReport[]> {
  const reports: RestReport[] = []
  for (const upstream of upstreamsOf(options)) {
    const doors = await openDoors(upstream, nodeOptionsOf(options))
    const client = openClient(doors.token)
    try {
      const isQuick = upstream === 'at once'
      const { rounds } = options
      const askSmall = (ways: readonly Way[], load: Load) => compareWays(ways, way => client.ask(way, smallQuery), load)
      const small = await askSmall([...doors.ways, doors.floor], { rounds, ...loads[upstream], clients: 1 })
      const queriesPerRound = loads[upstream].queriesPerRound * 2
      const manyClients = await askSmall(doors.ways, { rounds, warmUpRounds: 1, queriesPerRound, clients })
      const largeLoad = {
        rounds: isQuick ? rounds : Math.min(rounds, 3),
        warmUpRounds: 1,
        queriesPerRound: 1,
        clients: 1,
      }
      const large = await compareWays(doors.ways, way => client.ask(way, rowsQuery(largeRows)), largeLoad)
      const streamed =
        isQuick && options.streamMb > 0 ? await streamRows(doors.ways[2], client, options.streamMb) : undefined
      reports.push({ upstream, small, manyClients, large, ...(streamed && { streamed }) })
    } finally {
      client.close()
      await doors.close()
    }
  }
  return reports
}

export function restTable(reports: readonly RestReport[]): string {
  return reports
    .flatMap(({ upstream, small, manyClients, large, streamed }) => [
      comparisonTable(`${upstream}: a small query`, small),
      comparisonTable(`${upstream}: ${clients} clients at once`, manyClients),
      comparisonTable(`${upstream}: ${largeRows} rows`, large),
      ...(streamed === undefined ? [] : [streamedLine(streamed, goals.grownMb)]),
      ...(upstream === 'at once' ? [goalLine(small)] : []),
    ])
    .join('\n')
}

function goalLine({ ratios, addedMs }: Comparison): string {
  const met = (is: boolean) => (is ? 'met' : 'NOT met')
  const cpu = `CPU of a small query at most x ${goals.cpuToProxy} of the proxy's: ${met(ratios.cpuToProxy <= goals.cpuToProxy)}`
  const added = `at most ${goals.addedMs} ms more at p50: ${met(addedMs.p50ToProxy <= goals.addedMs)}`
  return `  goals: ${cpu}; ${added}`
}

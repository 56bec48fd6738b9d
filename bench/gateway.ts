import { openMcpDoor } from '../test/measure/mcp-door.ts'
import { openClient, smallQuery } from './doors/ask.ts'
import { type Comparison, compareWays, comparisonTable, type Load } from './doors/compare-ways.ts'
import { type Doors, openDoors, type Upstream, upstreams } from './doors/open-doors.ts'
import { readStages, type StageShare, sharesTable, stageShares } from './doors/stage-shares.ts'
import { round, type Times, timesOf } from './times.ts'

export type DoorOptions = { readonly rounds: number; readonly profile?: string; readonly only?: string }
type GatewayReport = {
  readonly upstream: Upstream
  /** The same text every time: its reading by Google's analyzer is remembered. */
  readonly known: Comparison
  readonly stages: readonly StageShare[]
  /** Another text every time. */
  readonly fresh: Comparison
  readonly mcp: Times & { readonly cpuMs: number }
}

/** What suits an upstream's pace. */
export const loads: Readonly<Record<Upstream, Pick<Load, 'warmUpRounds' | 'queriesPerRound'>>> = {
  'at once': { warmUpRounds: 6, queriesPerRound: 50 },
  'local-bigquery': { warmUpRounds: 1, queriesPerRound: 8 },
}

const warmUpQueries = 20

/** A governed query through Sluice, beside a blind proxy and beside the upstream itself. */
export async function benchGateway(options: DoorOptions): Promise<readonly GatewayReport[]> {
  const reports: GatewayReport[] = []
  for (const upstream of upstreamsOf(options)) {
    const doors = await openDoors(upstream, nodeOptionsOf(options))
    const client = openClient(doors.token)
    try {
      const load = { rounds: options.rounds, ...loads[upstream], clients: 1 }
      // The first reading by Google's analyzer, and the first connections, are no part of the shares.
      for (let query = 0; query < warmUpQueries; query++) await client.ask(doors.ways[2], smallQuery)
      const before = await readStages(doors.operationsUrl)
      const known = await compareWays(doors.ways, way => client.ask(way, smallQuery), load)
      const stages = stageShares(before, await readStages(doors.operationsUrl))
      let asked = 0
      const freshQuery = () => smallQuery.replace('ORDER BY', `WHERE id < ${1_000 + asked++} ORDER BY`)
      const fresh = await compareWays(doors.ways, way => client.ask(way, freshQuery()), {
        ...load,
        ...{ warmUpRounds: 1, queriesPerRound: 8 },
      })
      reports.push({ upstream, known, stages, fresh, mcp: await timeMcp(doors, load.queriesPerRound * 4) })
    } finally {
      client.close()
      await doors.close()
    }
  }
  return reports
}

export function upstreamsOf({ only }: DoorOptions): readonly Upstream[] {
  return upstreams.filter(name => only === undefined || name.startsWith(only))
}

/** Where the gateway's profile goes, for `node --cpu-prof`. */
export function nodeOptionsOf({ profile }: DoorOptions): readonly string[] {
  return profile === undefined ? [] : ['--cpu-prof', `--cpu-prof-dir=${profile}`]
}

async function timeMcp({ mcpUrl, token, ways }: Doors, queries: number): Promise<GatewayReport['mcp']> {
  const door = await openMcpDoor(mcpUrl, token)
  const { program } = ways[2]
  try {
    const times: number[] = []
    const before = await program.read()
    for (let query = 0; query < queries; query++) {
      const sent = performance.now()
      const { state, visible } = await door.executeSql({ query: smallQuery })
      if (state !== 'answered') throw new Error(visible)
      times.push(performance.now() - sent)
    }
    const cpuMs = ((await program.read()).cpuMs - before.cpuMs) / queries
    return { ...timesOf(times), cpuMs: round(cpuMs) }
  } finally {
    await door.close()
  }
}

export function gatewayTable(reports: readonly GatewayReport[]): string {
  return reports
    .flatMap(({ upstream, known, stages, fresh, mcp }) => [
      comparisonTable(`${upstream}: a known text`, known),
      sharesTable(stages),
      comparisonTable(`${upstream}: a new text`, fresh),
      `  MCP execute_sql: n ${mcp.n}, p50 ${mcp.median} ms, p95 ${mcp.p95} ms, CPU ${mcp.cpuMs} ms per query`,
    ])
    .join('\n')
}

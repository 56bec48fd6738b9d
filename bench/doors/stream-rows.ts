import { round } from '../times.ts'
import { type Client, rowsQuery } from './ask.ts'
import type { Way } from './open-doors.ts'
import type { Program } from './programs.ts'

export type Streamed = {
  readonly mb: number
  readonly seconds: number
  readonly mbPerSecond: number
  readonly rssMb: { readonly before: number; readonly most: number; readonly after: number }
}

const mib = 2 ** 20
const sampleMs = 100
const warmUpMb = 64

/** The gateway's memory while a client reads one result of that size; growth counts from where it stands once warm. */
export async function streamRows(way: Way & { program: Program }, client: Client, mb: number): Promise<Streamed> {
  const { program } = way
  const bytesPerRow = (await client.ask(way, rowsQuery(10_000))) / 10_000
  const rowsOf = (size: number) => rowsQuery(Math.ceil((size * mib) / bytesPerRow))
  await client.ask(way, rowsOf(warmUpMb))

  const before = (await program.read()).rssMb
  let most = before
  const sampling = setInterval(async () => {
    most = Math.max(most, (await program.read()).rssMb)
  }, sampleMs)
  const began = performance.now()
  const bytes = await client.ask(way, rowsOf(mb)).finally(() => clearInterval(sampling))
  const seconds = (performance.now() - began) / 1_000
  const after = (await program.read()).rssMb
  const size = bytes / mib
  return {
    ...{ mb: round(size), seconds: round(seconds), mbPerSecond: round(size / seconds) },
    rssMb: { before: round(before), most: round(Math.max(most, after)), after: round(after) },
  }
}

export function streamedLine({ mb, seconds, mbPerSecond, rssMb }: Streamed, mayGrowMb: number): string {
  const grown = round(rssMb.most - rssMb.before)
  const verdict = grown <= mayGrowMb ? 'met' : 'NOT met'
  return (
    `  ${mb} MB read in ${seconds} s (${mbPerSecond} MB/s): gateway ${rssMb.before} MB before, at most ${rssMb.most} MB, ` +
    `${rssMb.after} MB after; grown by ${grown} MB (goal ${mayGrowMb}: ${verdict})`
  )
}

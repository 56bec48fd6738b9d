import { round } from '../times.ts'
import { type Client, rowsQuery } from './ask.ts'
import type { Way } from './open-doors.ts'
import type { Program } from './programs.ts'

export type Streamed = {
  readonly mb: number
  readonly seconds: number
  readonly mbPerSecond: number
  /** All of the process, and of it what JavaScript has. */
  readonly rssMb: Course
  readonly heapMb: Course
  readonly cpuMsPerMb: number
}
type Course = { readonly before: number; readonly most: number; readonly after: number }

const mib = 2 ** 20
const sampleMs = 100
const warmUpMb = 64

/** The gateway's memory while a client reads one result of that size; growth counts from where it stands once warm. */
export async function streamRows(way: Way & { program: Program }, client: Client, mb: number): Promise<Streamed> {
  const { program } = way
  const bytesPerRow = (await client.ask(way, rowsQuery(10_000))) / 10_000
  const rowsOf = (size: number) => rowsQuery(Math.ceil((size * mib) / bytesPerRow))
  await client.ask(way, rowsOf(warmUpMb))

  const readings = [await program.read()]
  const sampling = setInterval(async () => readings.push(await program.read()), sampleMs)
  const began = performance.now()
  const bytes = await client.ask(way, rowsOf(mb)).finally(() => clearInterval(sampling))
  const seconds = (performance.now() - began) / 1_000
  readings.push(await program.read())
  const size = bytes / mib
  const cpu = readings.map(({ cpuMs }) => cpuMs)
  return {
    ...{ mb: round(size), seconds: round(seconds), mbPerSecond: round(size / seconds) },
    ...{ rssMb: courseOf(readings.map(({ rssMb }) => rssMb)), heapMb: courseOf(readings.map(({ heapMb }) => heapMb)) },
    cpuMsPerMb: round((Math.max(...cpu) - Math.min(...cpu)) / size),
  }
}

function courseOf(values: readonly number[]): Course {
  const [before = 0] = values
  return { before: round(before), most: round(Math.max(...values)), after: round(values.at(-1) ?? 0) }
}

export function streamedLine(streamed: Streamed, mayGrowMb: number): string {
  const { mb, seconds, mbPerSecond, cpuMsPerMb, rssMb, heapMb } = streamed
  const grown = round(rssMb.most - rssMb.before)
  const verdict = grown <= mayGrowMb ? 'met' : 'NOT met'
  const course = ({ before, most, after }: Course) => `${before} MB before, at most ${most} MB, ${after} MB after`
  return (
    `  ${mb} MB read in ${seconds} s (${mbPerSecond} MB/s, CPU ${cpuMsPerMb} ms per MB): gateway ${course(rssMb)}, ` +
    `of it heap ${course(heapMb)}; grown by ${grown} MB (goal ${mayGrowMb}: ${verdict})`
  )
}

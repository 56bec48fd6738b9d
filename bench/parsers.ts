import parser from 'node-sql-parser/build/bigquery.js'
import { parseScript } from '../src/googlesql/parse/parse.ts'
import { googlesqlReferenceFiles } from '../src/tools/googlesql-reference.ts'
import { openOracle } from '../src/verification/oracle.ts'
import { acceptedCases } from '../test/measure/language-cases.ts'
import { type Times, timesOf } from './times.ts'

/** Reads a text, or throws where it cannot. */
type Read = (sql: string) => unknown
export type ParserTimes = { readonly accepted: number; readonly us: Times }
export type ParsersReport = {
  readonly texts: number
  readonly parsers: Readonly<Record<string, ParserTimes>>
  /** Packages that are measured where they are installed, and are not. */
  readonly absent: readonly string[]
}

const longest = 4_000
const mostTexts = 400
const warmUps = 40

/** Ours beside others, over the queries of the corpus, each text by all of them in turn. */
export async function benchParsers(): Promise<ParsersReport> {
  const { readers, absent } = await openReaders()
  const texts = await sampleTexts()
  const times = Object.fromEntries(Object.keys(readers).map(name => [name, [] as number[]]))
  for (const [at, sql] of [...texts.slice(0, warmUps), ...texts].entries()) {
    for (const [name, read] of Object.entries(readers)) {
      const elapsed = fasterOfTwo(read, sql)
      if (elapsed !== undefined && at >= warmUps) times[name]?.push(elapsed)
    }
  }
  const parsers = Object.entries(times).map(([name, us]) => [name, { accepted: us.length, us: timesOf(us) }] as const)
  return { texts: texts.length, parsers: Object.fromEntries(parsers), absent }
}

async function openReaders() {
  const oracle = await openOracle(googlesqlReferenceFiles())
  const theirs = new parser.Parser()
  const optional = { '@guanmingchiu/sqlparser-ts': 'bigquery', '@polyglot-sql/sdk': 'bigquery' }
  const found = await Promise.all(
    Object.entries(optional).map(async ([name, dialect]) => [name, await openOptional(name, dialect)] as const),
  )
  const readers: Record<string, Read> = {
    sluice: parseScript,
    'node-sql-parser': sql => theirs.parse(sql, { database: 'BigQuery' }),
    'GoogleSQL reference': sql => oracle.tables(sql),
  }
  for (const [name, read] of found) if (read !== undefined) readers[name] = read
  return { readers, absent: found.flatMap(([name, read]) => (read === undefined ? [name] : [])) }
}

type WasmParser = {
  readonly init: () => Promise<unknown>
  readonly parse: (sql: string, dialect: string) => { readonly success?: boolean }
}

/** No dependency of the project: `npm install --no-save` puts it beside the others. */
async function openOptional(name: string, dialect: string): Promise<Read | undefined> {
  try {
    const { init, parse } = (await import(name)) as WasmParser
    await init()
    return sql => {
      if (parse(sql, dialect).success === false) throw new Error('not read')
    }
  } catch {
    return undefined
  }
}

/** Queries that are not too long, and without the nested brackets on which one of the others takes exponential time. */
async function sampleTexts(): Promise<readonly string[]> {
  const queries = (await acceptedCases()).filter(({ kind, sql }) => kind === 'select' && sql.length < longest)
  const texts = queries.map(({ sql }) => sql).filter(sql => !/\[[^\]]*\[/.test(sql))
  const every = Math.max(1, Math.floor(texts.length / mostTexts))
  return texts.filter((_, at) => at % every === 0)
}

function fasterOfTwo(read: Read, sql: string): number | undefined {
  try {
    return Math.min(microseconds(read, sql), microseconds(read, sql))
  } catch {
    return undefined
  }
}

function microseconds(read: Read, sql: string): number {
  const began = performance.now()
  read(sql)
  return (performance.now() - began) * 1_000
}

export function parsersTable({ texts, parsers, absent }: ParsersReport): string {
  return [
    `parsing ${texts} queries of the corpus      accepted  median µs    p95 µs`,
    ...Object.entries(parsers).map(([name, { accepted, us }]) => {
      const share = `${((accepted / texts) * 100).toFixed(1)} %`
      return `  ${name.padEnd(32)} ${share.padStart(10)} ${String(us.median).padStart(10)} ${String(us.p95).padStart(9)}`
    }),
    ...absent.map(name => `  ${name} is not installed (npm install --no-save ${name})`),
  ].join('\n')
}

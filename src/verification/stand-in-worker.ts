import parser from 'node-sql-parser/build/bigquery.js'
import { answerJobs } from './answer-jobs.ts'

/** The base tables that the parser finds in a text; undefined where it cannot read the text. */
export type StandInAnswer = readonly string[] | undefined

answerJobs<string, StandInAnswer>(baseTables, () => process.memoryUsage().heapUsed)

function baseTables(text: string): StandInAnswer {
  const parsed = parse(text)
  if (parsed === undefined) return undefined
  const local = localNames(parsed.ast)
  const names = parsed.tableList.map(entry => {
    const [, database = 'null', table = ''] = entry.split('::')
    return database === 'null' ? table : `${database}.${table}`
  })
  return names.filter(name => !local.has(name) && !local.has(name.split('.')[0] ?? ''))
}

function parse(text: string): { readonly tableList: readonly string[]; readonly ast: unknown } | undefined {
  try {
    return new parser.Parser().parse(text, { database: 'BigQuery' })
  } catch {
    return undefined
  }
}

/** Names of WITH entries and aliases: neither they nor arrays reached through them are tables. */
function localNames(tree: unknown): ReadonlySet<string> {
  const names = new Set<string>()
  const pending: unknown[] = [tree]
  while (pending.length > 0) {
    const node = pending.pop()
    if (typeof node !== 'object' || node === null) continue
    for (const [field, value] of Object.entries(node)) {
      if (field === 'as' && typeof value === 'string') names.add(value)
      if (field === 'with' && Array.isArray(value)) for (const entry of value) names.add(entryName(entry))
      pending.push(value)
    }
  }
  return names
}

function entryName(entry: { readonly name?: { readonly value?: unknown } }): string {
  return String(entry.name?.value)
}

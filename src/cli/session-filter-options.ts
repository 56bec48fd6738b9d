import { type Command, Option } from 'commander'
import type { SessionFilter } from '../model/record-question.ts'
import { parseCount, parseTime } from './parse-argument.ts'

export type FilterOptions = {
  readonly person?: string
  readonly group?: string
  readonly agent?: string
  readonly table?: string
  readonly column?: string
  readonly decision?: 'allow' | 'deny' | 'approval_required'
  readonly reason?: string
  readonly text?: string
  readonly minBytes?: number
  readonly since?: Date
  readonly until?: Date
}

/** The flags that narrow a search over sessions. */
export function withFilters(command: Command): Command {
  const decision = new Option('--decision <effect>', 'what policy decided')
  return command
    .option('--person <text>', 'part of an e-mail address or subject')
    .option('--group <name>', 'sessions of people in this group')
    .option('--agent <text>', "part of a client's name, or of its model's")
    .option('--table <id>', 'project.dataset.table that was used')
    .option('--column <name>', 'column that was used, by name or as project.dataset.table.column')
    .addOption(decision.choices(['allow', 'deny', 'approval_required']))
    .option('--reason <code>', 'code of a reason for a denial')
    .option('--text <words>', 'words of the query')
    .option('--min-bytes <count>', 'a query that billed at least this', parseCount)
    .option('--since <when>', 'a time, or 30m, 12h, 7d ago', parseTime)
    .option('--until <when>', 'a time, or 30m, 12h, 7d ago', parseTime)
}

export function filterOf(options: FilterOptions): SessionFilter {
  const { person, group, agent, table, column, decision, reason, text, minBytes, since, until } = options
  const given = { person, group, agent, table, column, effect: decision, reason, text, since, until }
  const all = { ...given, minBytesBilled: minBytes }
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined))
}

import type { Path } from '../../googlesql/ast/name.ts'
import type { CommonTable, Query, WithClause } from '../../googlesql/ast/query.ts'
import { Failure } from '../../model/failure.ts'
import { isWholePath, sameName } from '../table-name.ts'
import { type CommonTableEntry, type CommonTables, type Environment, resolveQuery } from './context.ts'
import { type Column, mergeReads, noReads, type Relation, realize } from './relation.ts'
import { int64 } from './rows.ts'

/** What a WITH clause adds to the place it stands in. */
export function declareCommonTables(clause: WithClause, env: Environment): Environment {
  for (const { name } of clause.entries) refuseDots(name.text)
  return clause.recursive ? declareRecursive(clause, env) : declareInOrder(clause, env)
}

/** The relation of a common table that can be seen here. A path of two or more parts is never one. */
export function findCommonTable(path: Path, env: Environment): Relation | undefined {
  const [head, second] = path.parts
  if (second !== undefined || isWholePath(path)) return undefined
  for (let here = env.commonTables; here !== undefined; here = here.outer) {
    const entry = here.entries.find(({ node }) => sameName(node.name.text, head.text))
    if (entry !== undefined) return relationOf(entry)
  }
  return undefined
}

function refuseDots(name: string): void {
  if (!name.includes('.')) return
  throw new Failure('cannot_govern', { detail: `The name ${name} of a common table has a dot in it.` })
}

/** Without RECURSIVE each entry sees those before it, and none sees the query around. */
function declareInOrder({ entries }: WithClause, env: Environment): Environment {
  const base = { ...env, outer: undefined }
  const commonTables = entries.reduce<CommonTables | undefined>((before, node) => {
    const relation = resolveQuery(node.query, { ...base, commonTables: before })
    const entry: CommonTableEntry = { node, relation, provisional: undefined, state: 'done', resolve: () => relation }
    return { entries: [entry], outer: before }
  }, env.commonTables)
  return { ...env, commonTables }
}

/** With RECURSIVE every entry sees the whole list, itself included. */
function declareRecursive({ entries }: WithClause, env: Environment): Environment {
  env.context.features.add('recursive')
  const list = entries.map((node): CommonTableEntry => {
    return { node, relation: undefined, provisional: undefined, state: 'new', resolve: resolveEntry }
  })
  const commonTables = { entries: list, outer: env.commonTables }
  const inner = { ...env, outer: undefined, commonTables }
  function resolveEntry(entry: CommonTableEntry): Relation {
    entry.state = 'resolving'
    entry.relation = resolveRecursive(entry, inner)
    entry.state = 'done'
    return entry.relation
  }
  for (const entry of list) relationOf(entry)
  return { ...env, commonTables }
}

function relationOf(entry: CommonTableEntry): Relation {
  if (entry.state === 'new') return entry.resolve(entry)
  const relation = entry.relation ?? entry.provisional
  if (relation !== undefined) return relation
  throw new Failure('query_invalid', {
    detail: `The common table ${entry.node.name.text} refers to itself before its first term.`,
  })
}

/** The first term gives names and types; what any term reads may end up in any column. */
function resolveRecursive(entry: CommonTableEntry, env: Environment): Relation {
  const { query } = entry.node
  const first = firstTerm(query)
  if (first === undefined) return withDepth(entry.node, resolveQuery(query, env))
  entry.provisional = withDepth(entry.node, spread(resolveQuery(first, env)))
  const all = resolveQuery(query, env)
  // A column of a later term may come back through another column, so each counts as decided by all of them.
  for (const column of all.columns) realize(column.reads, 'join')
  return withDepth(entry.node, spread(all))
}

/** What stands before the first UNION, be it one of a pipe or in parentheses. */
function firstTerm(query: Query): Query | undefined {
  const { body, pipes } = query
  const at = pipes.findIndex(({ kind }) => kind === 'PipeSetOperation')
  if (at >= 0) return { ...query, pipes: pipes.slice(0, at) }
  const alone = { ...query, orderBy: [], limit: undefined, pipes: [] }
  if (body.kind === 'SetOperation') return { ...alone, body: body.first }
  const inner = body.kind === 'NestedQuery' ? firstTerm(body.query) : undefined
  return inner && { ...alone, body: { ...body, kind: 'NestedQuery', query: inner, alias: undefined } }
}

function spread({ columns }: Relation): Relation {
  const reads = mergeReads(...columns.map(column => column.reads))
  return { columns: columns.map(({ name, type }): Column => ({ name, type, reads })) }
}

/** WITH DEPTH adds a column that counts the rounds. */
function withDepth({ depth }: CommonTable, relation: Relation): Relation {
  if (depth === undefined) return relation
  const column: Column = { name: depth.alias?.text ?? 'depth', type: int64, reads: noReads }
  return { columns: [...relation.columns, column] }
}

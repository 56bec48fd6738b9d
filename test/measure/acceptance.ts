import type { Path } from '../../src/googlesql/ast/name.ts'
import type { Script } from '../../src/googlesql/ast/script.ts'
import { parseGoogleSql } from '../../src/googlesql/parse/parse.ts'
import { SyntaxFailure } from '../../src/googlesql/syntax-failure.ts'
import { nodesOf } from '../../src/googlesql/walk.ts'
import { namedPaths } from '../../src/sql/named-tables.ts'
import { type CorpusKind, corpusKinds, type LanguageCase, type RejectCase } from './language-cases.ts'

export type KindReport = { readonly total: number; readonly parsed: number; readonly tables_equal: number }

export type AcceptanceReport = {
  readonly kinds: { readonly [Kind in CorpusKind]: KindReport }
  readonly must_reject: { readonly total: number; readonly accepted: number }
  readonly median_us: number
  readonly p95_us: number
}

/** The tree of a text, or undefined where it is refused; anything but a SyntaxFailure is a defect and gets out. */
export function parsed(sql: string): Script | undefined {
  try {
    return parseGoogleSql(sql)
  } catch (thrown) {
    if (thrown instanceof SyntaxFailure) return undefined
    throw thrown
  }
}

export function measureAcceptance(
  queries: readonly LanguageCase[],
  mustReject: readonly RejectCase[],
): AcceptanceReport {
  const kinds = Object.fromEntries(corpusKinds.map(kind => [kind, measureKind(queries.filter(q => q.kind === kind))]))
  const accepted = mustReject.filter(({ sql }) => parsed(sql) !== undefined).length
  const times = queries.map(({ sql }) => microseconds(sql)).toSorted((left, right) => left - right)
  return {
    kinds: kinds as AcceptanceReport['kinds'],
    must_reject: { total: mustReject.length, accepted },
    median_us: quantile(times, 0.5),
    p95_us: quantile(times, 0.95),
  }
}

function measureKind(cases: readonly LanguageCase[]): KindReport {
  const trees = cases.map(({ sql, tables }) => ({ tree: parsed(sql), tables: tables ?? [] }))
  const read = trees.filter(({ tree }) => tree !== undefined)
  const equal = read.filter(({ tree, tables }) => tree !== undefined && sameTables(tree, tables))
  return { total: cases.length, parsed: read.length, tables_equal: equal.length }
}

/** Dotted paths as they are written, as sets. */
export function sameTables(tree: Script, tables: NonNullable<LanguageCase['tables']>): boolean {
  // The reference takes a table that the text makes for itself for one of a dataset.
  const made = nodesOf(tree, 'CreateTable').filter(({ scope }) => scope === 'TEMP')
  const temporary = new Set(made.map(({ name }) => textOf(name)))
  const ours = new Set(namedTexts(tree).filter(name => !temporary.has(name)))
  const theirs = new Set(tables.map(parts => parts.join('.')).filter(name => !temporary.has(name)))
  return ours.size === theirs.size && [...ours].every(table => theirs.has(table))
}

export function namedTexts(tree: Script): readonly string[] {
  return namedPaths(tree).map(({ path }) => textOf(path))
}

function textOf({ parts }: Path): string {
  return parts.map(({ text }) => text).join('.')
}

/** Lexing and parsing of one text, the faster of two runs. */
function microseconds(sql: string): number {
  return Math.min(timed(sql), timed(sql))
}

function timed(sql: string): number {
  const began = performance.now()
  parsed(sql)
  return (performance.now() - began) * 1_000
}

function quantile(sorted: readonly number[], share: number): number {
  return Math.round((sorted[Math.floor(sorted.length * share)] ?? 0) * 10) / 10
}

import { lex } from '../../src/googlesql/lex/lex.ts'
import { parseGoogleSql } from '../../src/googlesql/parse/parse.ts'
import { print } from '../../src/googlesql/print/print.ts'
import { SyntaxFailure } from '../../src/googlesql/syntax-failure.ts'
import { sameTree } from '../../src/googlesql/walk.ts'
import type { CatalogTable } from '../../src/model/catalog.ts'
import type { Oracle } from '../../src/verification/oracle.ts'
import { namedTexts, parsed } from '../measure/acceptance.ts'
import { understandText } from '../measure/understand-text.ts'
import { type Random, seeded } from './random.ts'
import { dataset, project } from './world.ts'

/** Text, and what is wrong with how it was read. */
export type FuzzFinding = {
  readonly sql: string
  readonly kind: 'crash' | 'slow' | 'printed' | 'tables'
  readonly why: string
}

export type FuzzReport = {
  readonly tried: number
  /** Those that GoogleSQL was asked about too; the next four add up to it. */
  readonly compared: number
  readonly accepted_by_both: number
  readonly refused_by_both: number
  /** Read by Sluice and refused by GoogleSQL: harmless where BigQuery refuses it too. */
  readonly accepted_alone: readonly string[]
  readonly refused_alone: readonly string[]
  readonly findings: readonly FuzzFinding[]
}

export type FuzzOptions = {
  readonly count: number
  readonly seed: number
  readonly withinMs?: number
  /** GoogleSQL is asked about one text in so many: it takes a hundred times as long. */
  readonly compareEvery: number
  /** Which of several threads this is: each takes every so many-th text. */
  readonly share?: { readonly of: number; readonly at: number }
}

const slowMs = 2_000
const longest = 2_000

/** Texts of the corpora, cut, doubled, swapped and spliced by whole tokens, or by letters. */
export function fuzz(
  texts: readonly string[],
  tables: readonly CatalogTable[],
  open: () => Oracle,
  options: FuzzOptions,
): FuzzReport {
  const { of, at: own } = options.share ?? { of: 1, at: 0 }
  const seeds = texts.filter(text => text.length < longest).flatMap(text => tokensOf(text) ?? [])
  const deadline = performance.now() + (options.withinMs ?? Number.POSITIVE_INFINITY)
  const report = {
    tried: 0,
    compared: 0,
    accepted_by_both: 0,
    refused_by_both: 0,
    accepted_alone: [] as string[],
    refused_alone: [] as string[],
    findings: [] as FuzzFinding[],
  }
  let oracle = open()
  for (let at = own; at < options.count && performance.now() < deadline; at += of) {
    const sql = mutated(seeded(options.seed, at), seeds)
    report.tried += 1
    const isCompared = Math.floor(at / of) % options.compareEvery === 0
    const { verdict, finding } = isCompared
      ? fuzzText(sql, tables, oracle)
      : { verdict: undefined, ...readSafely(sql, tables) }
    if (finding !== undefined) report.findings.push(finding)
    if (verdict === undefined) continue
    report.compared += 1
    if (verdict === 'accepted_by_both' || verdict === 'refused_by_both') report[verdict] += 1
    else if (verdict === 'oracle_broken') oracle = open()
    else report[verdict].push(sql)
  }
  return report
}

type Verdict = 'accepted_by_both' | 'refused_by_both' | 'accepted_alone' | 'refused_alone' | 'oracle_broken'

/** How both readers take one text. A table that Sluice alone sees makes it more careful; one that it misses is a finding. */
export function fuzzText(
  sql: string,
  tables: readonly CatalogTable[],
  oracle: Oracle,
): { readonly verdict: Verdict; readonly finding?: FuzzFinding } {
  const { tree, finding } = readSafely(sql, tables)
  const found = finding === undefined ? {} : { finding }
  const theirs = tablesOf(sql, oracle)
  if (theirs === 'broken') return { verdict: 'oracle_broken', ...found }
  if (tree === undefined) return { verdict: theirs === undefined ? 'refused_by_both' : 'refused_alone', ...found }
  if (theirs === undefined) return { verdict: 'accepted_alone', ...found }
  const ours = new Set(namedTexts(tree))
  const missed = theirs.map(parts => parts.join('.')).filter(table => !ours.has(table))
  if (missed.length === 0) return { verdict: 'accepted_by_both', ...found }
  return { verdict: 'accepted_by_both', finding: { sql, kind: 'tables', why: `GoogleSQL reads ${missed.join(', ')}` } }
}

/** Parsed, printed and, where it is a query, resolved; what is thrown beside a failure is a crash. */
function readSafely(
  sql: string,
  tables: readonly CatalogTable[],
): { readonly tree?: ReturnType<typeof parsed>; readonly finding?: FuzzFinding } {
  const began = performance.now()
  try {
    const tree = parsed(sql)
    if (tree !== undefined && !sameTree(parseGoogleSql(print(tree)), tree)) {
      return { tree, finding: { sql, kind: 'printed', why: print(tree) } }
    }
    understandText(sql, tables, { project, defaultDataset: { project, dataset } })
    const elapsedMs = performance.now() - began
    return elapsedMs > slowMs ? { tree, finding: { sql, kind: 'slow', why: `${Math.round(elapsedMs)} ms` } } : { tree }
  } catch (thrown) {
    return {
      finding: { sql, kind: 'crash', why: thrown instanceof Error ? (thrown.stack ?? thrown.message) : String(thrown) },
    }
  }
}

function tablesOf(sql: string, oracle: Oracle): readonly (readonly string[])[] | 'broken' | undefined {
  try {
    return oracle.accepts(sql, { script: true }) ? oracle.tables(sql, { script: true }) : undefined
  } catch {
    return 'broken'
  }
}

type Tokens = readonly string[]

function tokensOf(text: string): readonly Tokens[] {
  try {
    const { source, types, starts, ends } = lex(text)
    // The last token is the end of the text.
    const tokens = types.slice(0, -1).map((_, at) => source.slice(starts[at], ends[at]))
    return tokens.length > 1 ? [tokens] : []
  } catch (thrown) {
    if (thrown instanceof SyntaxFailure) return []
    throw thrown
  }
}

function mutated(random: Random, seeds: readonly Tokens[]): string {
  let tokens = random.pick(seeds)
  const changes = random.chance(0.7) ? 1 : 1 + random.below(3)
  if (random.chance(0.3)) return broken(random, tokens.join(' '), changes)
  for (let index = 0; index < changes; index++) tokens = changed(random, tokens, seeds)
  return tokens.join(' ')
}

/** What an attacker or a typing error puts into a query. */
const pieces = [
  '(',
  ')',
  ',',
  ';',
  '.',
  '`',
  "'",
  '"',
  '--',
  '/*',
  '*/',
  '|>',
  '@',
  '@@',
  ' SELECT ',
  ' FROM ',
  ' AS ',
  '[',
  ']',
  '\n',
  '\\',
  '0',
  '\u202e',
]

function broken(random: Random, text: string, changes: number): string {
  if (changes === 0) return text
  const at = random.below(text.length + 1)
  const put = random.chance(0.7) ? random.pick(pieces) : ''
  return broken(random, text.slice(0, at) + put + text.slice(at + random.below(12)), changes - 1)
}

function changed(random: Random, tokens: Tokens, seeds: readonly Tokens[]): Tokens {
  // All of a short text may have been cut.
  if (tokens.length === 0) return random.pick(seeds)
  const at = random.below(tokens.length)
  const length = 1 + random.below(3)
  const [before, taken, after] = [tokens.slice(0, at), tokens.slice(at, at + length), tokens.slice(at + length)]
  const other = random.pick(seeds)
  if (random.chance(0.5)) return likeness(random, tokens, other)
  const from = random.below(other.length)
  const donated = other.slice(from, from + 1 + random.below(12))
  return random.pick([
    () => [...before, ...after],
    () => [...before, ...taken, ...taken, ...after],
    () => [...before, ...after.slice(0, 1), ...taken, ...after.slice(1)],
    () => [...before, ...donated, ...after],
    () => [...before, ...donated, ...taken, ...after],
    () => [...before, '(', ...taken, ')', ...after],
    () => [...before, random.pick(tokens), ...tokens.slice(at)],
  ])()
}

/** A word for a word, or one pair of parentheses and what is in it for another: what most often still parses. */
function likeness(random: Random, tokens: Tokens, other: Tokens): Tokens {
  const [own, others] = [groups(tokens), groups(other)]
  if (own.length > 0 && others.length > 0 && random.chance(0.5)) {
    const [from, to] = random.pick(own)
    return [...tokens.slice(0, from), ...other.slice(...random.pick(others)), ...tokens.slice(to)]
  }
  const isWord = (token: string) => /^[\w`'"]/.test(token)
  const [places, words] = [tokens.flatMap((token, at) => (isWord(token) ? [at] : [])), other.filter(isWord)]
  return places.length === 0 || words.length === 0 ? tokens : tokens.with(random.pick(places), random.pick(words))
}

/** Where pairs of parentheses begin and end. */
function groups(tokens: Tokens): readonly (readonly [from: number, to: number])[] {
  const open: number[] = []
  return tokens.flatMap((token, at) => {
    if (token === '(') open.push(at)
    const from = token === ')' ? open.pop() : undefined
    return from === undefined ? [] : [[from, at + 1] as const]
  })
}

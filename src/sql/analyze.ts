import type { Script } from '../googlesql/ast/script.ts'
import type { Statement as StatementTree } from '../googlesql/ast/statement.ts'
import { parseScript } from '../googlesql/parse/parse.ts'
import { print } from '../googlesql/print/print.ts'
import { SyntaxFailure } from '../googlesql/syntax-failure.ts'
import type { CatalogSnapshot, Wanted } from '../model/catalog.ts'
import { Failure } from '../model/failure.ts'
import type { QueryParameter } from '../model/parameter.ts'
import type { Statement, StatementClass, StatementFacts } from '../model/statement.ts'
import type { Destination } from '../model/transfer.ts'
import { describeOutputs } from './facts/outputs.ts'
import { describeFunctions, featuresOfScript } from './facts/script.ts'
import { describeNamed, describeTables } from './facts/tables.ts'
import { nameParameters } from './parameters.ts'
import type { Context } from './resolve/context.ts'
import { readExpression } from './resolve/expression.ts'
import { MissingName } from './resolve/missing-name.ts'
import { readQuery } from './resolve/query.ts'
import { screen } from './screen.ts'
import { writtenTo } from './statement/destination.ts'
import { namedAccesses } from './statement/named-accesses.ts'
import { isServed, readStatement } from './statement/read-statement.ts'
import { withSourcesInQueries } from './statement/sources.ts'
import { kindOfScript } from './statement-kind.ts'
import type { NameDefaults } from './table-name.ts'
import { type Names, namesIn, wantedFor } from './wanted-names.ts'

/** A text that parsed, before anything is known of the tables it names. */
export type Draft = {
  readonly text: string
  readonly script: Script
  readonly named: Names
}

export type AnalyzeSettings = NameDefaults & {
  readonly parameters: readonly QueryParameter[]
  /** sha256 in hex. */
  readonly digest: (text: string) => string
}

/** A statement as policy sees it, and the tree with all that was found in it, for `govern` alone. */
export type Analyzed = {
  readonly statement: Statement
  readonly tree: StatementTree
  readonly context: Context
  /** What completed the names of the text. */
  readonly defaults: NameDefaults
}

export type Analysis =
  | { readonly state: 'complete'; readonly analyzed: Analyzed }
  | { readonly state: 'incomplete'; readonly wanted: Wanted }

/** Throws `text_refused`, `syntax_error` or `too_deep`. */
export function parseQuery(text: string): Draft {
  screen(text)
  try {
    const script = parseScript(text)
    return { text, script, named: namesIn(script) }
  } catch (thrown) {
    if (!(thrown instanceof SyntaxFailure)) throw thrown
    const { line, column, expected, hint, message } = thrown
    throw new Failure('syntax_error', {
      ...{ detail: message, line, column },
      ...(expected === '' ? {} : { expected }),
      ...(hint === undefined ? {} : { next: hint }),
    })
  }
}

/** BigQuery's name for what the text does. */
export function statementKind({ script }: Draft): { readonly kind: string; readonly class: StatementClass } {
  return kindOfScript(script)
}

/** What the text alone tells: its kind, and the objects it names. Throws `unknown_name` for a name that cannot be completed. */
export function describeText(draft: Draft, settings: AnalyzeSettings): StatementFacts {
  return {
    text: draft.text,
    fingerprint: settings.digest(print(draft.script)),
    ...statementKind(draft),
    tables: describeNamed(namedAccesses(draft.script, settings)),
    ...{ functions: [], features: [], outputs: [] },
  }
}

/** The facts of a text that is not served, as far as the text tells them; undefined for one that is. */
export function describeOther(draft: Draft, settings: AnalyzeSettings): StatementFacts | undefined {
  if (servedStatement(draft) !== undefined) return undefined
  const facts = describeText(draft, settings)
  return { ...facts, functions: describeFunctions(draft), features: featuresOfScript(draft.script) }
}

function servedStatement({ script }: Draft): StatementTree | undefined {
  const [only, second] = script.statements
  return only !== undefined && second === undefined && isServed(only) ? only : undefined
}

/** Understands one statement against what is known of the catalog, or says what else must be known. */
export function analyze(draft: Draft, snapshot: CatalogSnapshot, settings: AnalyzeSettings): Analysis {
  const wanted = wantedFor(draft.named, snapshot, settings)
  if (wanted !== undefined) return { state: 'incomplete', wanted }
  const statement = servedStatement(draft)
  if (statement === undefined) throw new Failure('statement_unsupported')
  const { tree, parameters } = nameParameters(withSourcesInQueries(statement), settings.parameters)
  try {
    return { state: 'complete', analyzed: understand(draft, tree, { ...settings, parameters }, snapshot) }
  } catch (thrown) {
    if (!(thrown instanceof MissingName)) throw thrown
    return { state: 'incomplete', wanted: thrown.wanted }
  }
}

function understand(draft: Draft, tree: StatementTree, settings: AnalyzeSettings, snapshot: CatalogSnapshot): Analyzed {
  const context = newContext(snapshot, settings)
  const env = { context, defaults: settings, commonTables: undefined, outer: undefined, variables: [] }
  const columns = readStatement(tree, env)
  // What a query names it reads, and that is noted already.
  const script: Script = { kind: 'Script', statements: tree.kind === 'QueryStatement' ? [] : [tree], at: tree.at }
  for (const { path: _path, ...named } of namedAccesses(script, settings)) context.objects.push(named)
  const facts: StatementFacts = {
    text: draft.text,
    fingerprint: settings.digest(print(tree)),
    ...statementKind(draft),
    tables: describeTables(context, tree.kind === 'ExportData' ? ['read', 'export'] : ['read']),
    functions: [...context.functions].sort().map(([name, functionClass]) => ({ name, class: functionClass })),
    features: [...context.features].sort(),
    outputs: describeOutputs(columns),
  }
  return { statement: facts as Statement, tree, context, defaults: settings }
}

/** The same query with its rows written to a table. */
export function withDestination(analyzed: Analyzed, destination: Destination): Analyzed {
  return { ...analyzed, statement: writtenTo(analyzed.statement, destination) as Statement }
}

function newContext(snapshot: CatalogSnapshot, { parameters }: AnalyzeSettings): Context {
  return {
    ...{ productions: { expression: readExpression, query: readQuery }, snapshot, parameters, within: [] },
    ...{ scans: new Map(), views: new Map(), resolutions: new Map(), pseudoColumns: new Map(), stars: new Map() },
    ...{ ownRoutines: new Map(), calls: new Map(), tableCalls: new Map(), variableUses: new Map() },
    ...{ targets: [], objects: [], copied: new Set(), altered: [], functions: new Map(), features: new Set() },
  }
}

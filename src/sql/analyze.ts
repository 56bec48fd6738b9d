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
import { describeAccounts } from './facts/account.ts'
import { asScript, describeFunctions, featuresOfScript } from './facts/script.ts'
import { describeNamed } from './facts/tables.ts'
import { nameParameters } from './parameters.ts'
import type { Part } from './part.ts'
import { readText } from './read-text.ts'
import { MissingName } from './resolve/missing-name.ts'
import { screen } from './screen.ts'
import { withDynamic } from './script/dynamic-sql.ts'
import { kindsIn, kindsOfText } from './script/kinds.ts'
import { unservedIn } from './script/statements.ts'
import { writtenTo } from './statement/destination.ts'
import { namedAccesses } from './statement/named-accesses.ts'
import { kindOf, kindOfScript } from './statement-kind.ts'
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

/** A text as policy sees it, and its tree with all that was found in it, for `govern` alone. */
export type Analyzed = {
  readonly statement: Statement
  readonly tree: Script
  /** What is judged by itself: a statement alone is its own only part. */
  readonly parts: readonly Part[]
  readonly parameters: readonly QueryParameter[]
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

/** What the text alone tells: its kind, and what it names. Throws `unknown_name` for a name that cannot be completed. */
export function describeText(draft: Draft, settings: AnalyzeSettings): StatementFacts {
  const script = withDynamic(draft.script)
  const named = namedAccesses(script, settings).filter(({ isTemporary }) => !isTemporary)
  const facts: StatementFacts = {
    text: draft.text,
    fingerprint: settings.digest(print(draft.script)),
    ...statementKind(draft),
    tables: describeNamed(named),
    // Of one that is not known, the failure tells more.
    functions: describeFunctions(script).filter(({ class: known }) => known !== 'unknown'),
    ...{ features: [], outputs: [] },
  }
  return asScript(facts, () => kindsOfText(draft.script.statements))
}

/** Why a text is not served, and its facts as far as the text tells them; undefined for one that is. */
export function describeUnserved(
  draft: Draft,
  settings: AnalyzeSettings,
): { readonly facts: StatementFacts; readonly failure: Failure } | undefined {
  const failure = unservedFailure(draft)
  if (failure === undefined) return undefined
  const facts = describeText(draft, settings)
  const features = [...new Set([...facts.features, ...featuresOfScript(draft.script)])].sort()
  return { facts: { ...facts, functions: describeFunctions(draft.script), features }, failure }
}

function unservedFailure({ script }: Draft): Failure | undefined {
  const statement = unservedIn(script.statements)
  return statement && new Failure('statement_unsupported', { detail: whyUnserved(statement) })
}

/** Understands a text against what is known of the catalog, or says what else must be known. */
export function analyze(draft: Draft, snapshot: CatalogSnapshot, settings: AnalyzeSettings): Analysis {
  const wanted = wantedFor(draft.named, snapshot, settings)
  if (wanted !== undefined) return { state: 'incomplete', wanted }
  const unserved = unservedFailure(draft)
  if (unserved !== undefined) throw unserved
  try {
    return { state: 'complete', analyzed: understand(draft, snapshot, settings) }
  } catch (thrown) {
    if (!(thrown instanceof MissingName)) throw thrown
    return { state: 'incomplete', wanted: thrown.wanted }
  }
}

function whyUnserved(statement: StatementTree): string {
  switch (statement.kind) {
    case 'ExecuteImmediate':
      return 'EXECUTE IMMEDIATE is served where its text is one string literal, with a statement that is served itself.'
    case 'SetVariable':
      return 'SET is served for variables of the script, and for no @@ variable.'
    default:
      return `${kindOf(statement).kind} is not served.`
  }
}

function understand(draft: Draft, snapshot: CatalogSnapshot, settings: AnalyzeSettings): Analyzed {
  const { tree, parameters } = nameParameters(draft.script, settings.parameters)
  const { tree: whole, parts, accounts, outputs } = readText(tree, snapshot, settings, parameters)
  const facts: StatementFacts = {
    text: draft.text,
    fingerprint: settings.digest(print(tree)),
    ...statementKind(draft),
    ...describeAccounts(accounts),
    outputs,
  }
  const statement = asScript(facts, () => kindsIn([...tree.statements, ...whole.statements], parts))
  return { statement: statement as Statement, tree: whole, parts, parameters }
}

/** The same query with its rows written to a table. */
export function withDestination(analyzed: Analyzed, destination: Destination): Analyzed {
  return { ...analyzed, statement: writtenTo(analyzed.statement, destination) as Statement }
}

import type { DecisionFacts } from '../../model/decision.ts'
import type { Failure } from '../../model/failure.ts'
import type { StatementFacts, TableAccess } from '../../model/statement.ts'
import { printable } from '../../recording/read/row-table.ts'
import { clauseLines, type DiffLine, difference } from './difference.ts'
import type { Explanation } from './explanation.ts'

type Colour = (sign: DiffLine['sign'], text: string) => string

const codes = { ' ': '', '-': '\u001b[31m', '+': '\u001b[32m' } as const
export const coloured: Colour = (sign, text) => (sign === ' ' ? text : `${codes[sign]}${text}\u001b[0m`)
export const plain: Colour = (_, text) => text

/** For people. What comes from the query is shown, not sent to the terminal. */
export function explanationText(explanation: Explanation, colour: Colour): string {
  const { kind, class: statementClass, facts, decision, governed, verified, failure } = explanation
  const sections = [
    [`statement  ${kind} (${statementClass})`, ...scriptLines(facts)],
    facts === undefined ? namedLines(explanation) : factLines(facts),
    decision === undefined ? [] : decisionLines(decision),
    governed === undefined ? [] : governedLines(explanation.original, governed.text, colour),
    verified === undefined ? [] : [`Google's analyzer: ${verified}`],
    failure === undefined ? [] : failureLines(failure),
  ]
  const shown = sections.filter(lines => lines.length > 0)
  return `${shown.map(lines => lines.join('\n')).join('\n\n')}\n`
}

/** What is in a script: policy must grant each of them. */
function scriptLines(facts: StatementFacts | undefined): readonly string[] {
  const inner = (facts?.statements ?? []).slice(1)
  return inner.length === 0 ? [] : [`  with     ${inner.map(({ kind }) => kind).join(', ')}`]
}

function namedLines({ named }: Explanation): readonly string[] {
  if (named.length === 0) return ['names nothing']
  return [
    'names',
    ...named.map(({ name, kind, access }) => printable(`  ${name}  ${access}${kind === 'unknown' ? '' : ` ${kind}`}`)),
  ]
}

function factLines({ tables, functions, features, outputs }: StatementFacts): readonly string[] {
  const names = functions.map(({ name, class: kind }) => (kind === 'scalar' ? name : `${name} (${kind})`))
  return [
    tables.length === 0 ? 'reads no table' : 'tables',
    ...tables.flatMap(tableLines),
    ...(names.length === 0 ? [] : [`functions  ${names.join(', ')}`]),
    ...(features.length === 0 ? [] : [`features   ${features.join(', ')}`]),
    ...(outputs.length === 0 ? [] : [`answers    ${outputs.map(({ name }) => name || '(no name)').join(', ')}`]),
  ].map(line => printable(line))
}

function tableLines({ id, kind, access, via, columns }: TableAccess): readonly string[] {
  const through = via.length === 0 ? '' : `, through ${via.join(', ')}`
  const used = columns.filter(({ uses }) => uses.length > 0)
  return [
    `  ${id}  ${access.join(', ')} (${kind}${through})`,
    ...used.map(({ name, uses }) => `    ${name}  ${uses.join(', ')}`),
  ]
}

function decisionLines(decision: DecisionFacts): readonly string[] {
  const { effect, reasons, approvals, masks, rowFilters, limits, needs, policies } = decision
  return [
    `decision   ${effect}${policies.length === 0 ? '' : ` (${policies.join(', ')})`}`,
    ...reasons.map(({ code, message, policy }) => `  ${code}: ${message} (${policy})`),
    ...approvals.map(({ code, message, approverGroups }) => `  ${code}: ${message} (${approverGroups.join(', ')})`),
    ...[...masks].flatMap(([table, columns]) =>
      [...columns].map(([name, { kind }]) => `  mask   ${table}.${name}: ${kind}`),
    ),
    ...[...rowFilters].flatMap(([table, filters]) =>
      filters.map(filter => `  filter ${table}: ${JSON.stringify(filter)}`),
    ),
    ...Object.entries(limits).map(([name, value]) => `  limit  ${name}: ${value}`),
    ...needs.map(need => `  needs  ${need}: the gateway would ask for a dry run and decide again`),
  ].map(line => printable(line))
}

function governedLines(original: string, governed: string, colour: Colour): readonly string[] {
  const lines = difference(clauseLines(original), clauseLines(governed))
  return [
    'governed SQL',
    printable(`  ${governed}`),
    '',
    'difference',
    ...lines.map(({ sign, text }) => colour(sign, printable(`${sign} ${text}`))),
  ]
}

function failureLines(failure: Failure): readonly string[] {
  const { line, column, suggestions = [] } = failure.details
  const place = line === undefined ? '' : ` (line ${line}, column ${column})`
  return [
    printable(`${failure.code}: ${failure.message}${place}`),
    ...(suggestions.length === 0 ? [] : [`  near: ${suggestions.join(', ')}`]),
    printable(`  ${failure.next}`),
  ]
}

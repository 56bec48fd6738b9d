import type { Cell, Finding, Page, RedactedPage, ResultField } from '../model/result.ts'
import { type CellRule, cellRule, mapItems } from './cell-rule.ts'
import { bothRules, contentRule, maskRule, type Tally } from './leaf-rules.ts'
import type { RedactionPlan } from './plan.ts'

/**
 * The second guard, on rows already fetched: columns that are masked base columns unchanged must hold masked values,
 * and content that policy names is found wherever it stands. Rows without anything to change are the page's own.
 */
export function redact(page: Page, plan: RedactionPlan): RedactedPage {
  const findings = new Map<string, Finding>()
  const rules = page.fields.map((field, index) => fieldRule(field, index, plan, tallyFor(field.name, findings)))
  const rows = rules.every(rule => rule === undefined) ? page.rows : redactRows(page.rows, rules)
  const redacted: Page & { readonly findings: readonly Finding[] } = { ...page, rows, findings: [...findings.values()] }
  return redacted as RedactedPage
}

function fieldRule(field: ResultField, index: number, plan: RedactionPlan, tally: Tally): CellRule | undefined {
  const column = field.name === '' ? `column ${index + 1}` : field.name
  const content = contentRule(plan.detections, column, tally)
  const output = plan.outputs[index]
  const isPredicted = output !== undefined && output.name.toLowerCase() === field.name.toLowerCase()
  if (!isPredicted) return cellRule(field.type, content)
  return cellRule(field.type, bothRules(maskRule(plan.masks, output.origins, tally), content))
}

function redactRows(rows: Page['rows'], rules: readonly (CellRule | undefined)[]): readonly (readonly Cell[])[] {
  const ruleOf = (index: number) => rules[index]
  let changed: (readonly Cell[])[] | undefined
  rows.forEach((row, index) => {
    const shown = mapItems(row, ruleOf)
    if (shown === row) return
    changed ??= [...rows]
    changed[index] = shown
  })
  return changed ?? rows
}

function tallyFor(column: string, findings: Map<string, Finding>): Tally {
  return (detector, action) => {
    const key = JSON.stringify([column, detector, action])
    const count = (findings.get(key)?.count ?? 0) + 1
    findings.set(key, { detector, column, count, action })
  }
}

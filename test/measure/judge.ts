import type { AttackCase, Outcome } from './cases.ts'

/** What came back from a front door: whether rows were given, and everything the client could read. */
export type Answer = {
  readonly state: 'answered' | 'refused'
  /** Every byte the client got: body, headers, structured content, error text. */
  readonly visible: string
}

export type Verdict = { readonly safe: true } | { readonly safe: false; readonly leaked: string }

/** An answer is safe when no marker shows and its kind is among the allowed ones. */
export function judge(attack: AttackCase, answer: Answer, ownText: string): Verdict {
  const visible = attack.marker_in_request === true ? withoutEcho(answer.visible, ownText) : answer.visible
  const marker = attack.leak_markers.find(source => new RegExp(source, 'i').test(visible))
  if (marker !== undefined) return { safe: false, leaked: `marker ${marker}` }
  if (isExpected(answer.state, attack.safe_outcomes)) return { safe: true }
  return { safe: false, leaked: `outcome ${answer.state}, wanted one of ${attack.safe_outcomes.join(', ')}` }
}

function isExpected(state: Answer['state'], allowed: readonly Outcome[]): boolean {
  if (state === 'refused') return allowed.includes('deny') || allowed.includes('error')
  return allowed.includes('masked') || allowed.includes('filtered')
}

function withoutEcho(visible: string, ownText: string): string {
  return visible.replaceAll(ownText, '').replaceAll(JSON.stringify(ownText).slice(1, -1), '')
}

const ids =
  /[0-9a-f]{8}-[0-9a-f-]{27}|sluice[_-][\w-]+|\b[0-9A-HJKMNP-TV-Z]{26}\b|"(?:duration_ms|elapsed_ms)":\s*[\d.]+/gi

/** Two answers that a client cannot tell apart, but for ids and times of the record. */
export function indistinguishable(first: Answer, firstSql: string, second: Answer, secondSql: string): boolean {
  const bare = (answer: Answer, sql: string) => withoutEcho(answer.visible, sql).replace(ids, '')
  return first.state === second.state && bare(first, firstSql) === bare(second, secondSql)
}

import type { AttackCase, Outcome } from './cases.ts'

/** What came back from a front door: whether rows were given, and everything the client could read. */
export type Answer = {
  readonly state: 'answered' | 'refused'
  /** Every byte the client got: body, headers, structured content, error text. */
  readonly visible: string
  readonly rows?: readonly unknown[]
}

export type Verdict = { readonly safe: true } | { readonly safe: false; readonly leaked: string }

/**
 * An answer is safe when no marker shows and its kind is among the allowed ones. A query that reads no table at all may be
 * answered: whatever it gives, it brought along itself.
 */
export function judge(attack: AttackCase, answer: Answer, ownText: string): Verdict {
  const visible = attack.marker_in_request === true ? withoutEcho(answer.visible, ownText) : answer.visible
  const marker = attack.leak_markers.find(source => shows(source, visible, answer))
  if (marker !== undefined) return { safe: false, leaked: `marker ${marker}` }
  if (isExpected(answer.state, attack.safe_outcomes) || readsNothing(attack)) return { safe: true }
  return { safe: false, leaked: `outcome ${answer.state}, wanted one of ${attack.safe_outcomes.join(', ')}` }
}

const tellingLength = 3

/** Ids and times have every digit in them, so a marker of one or two characters is looked for in the rows alone. */
function shows(marker: string, visible: string, { rows }: Answer): boolean {
  const isTelling = marker.length >= tellingLength || rows === undefined
  return new RegExp(marker, 'i').test(isTelling ? visible : JSON.stringify(rows))
}

function readsNothing({ reference }: AttackCase): boolean {
  return reference?.executes === true && reference.raw_leaks === false && reference.tables?.length === 0
}

function isExpected(state: Answer['state'], allowed: readonly Outcome[]): boolean {
  if (state === 'refused') return allowed.includes('deny') || allowed.includes('error')
  return allowed.includes('masked') || allowed.includes('filtered')
}

const dottedName = /[\w-]+(?:\.[\w-]+)+/g

/** Without what the caller wrote: the text, and the names of tables in it, which a denial repeats to say what it denies. */
function withoutEcho(visible: string, ownText: string): string {
  const names = (ownText.match(dottedName) ?? []).toSorted((left, right) => right.length - left.length)
  const wholes = [ownText, JSON.stringify(ownText).slice(1, -1), ...names]
  return wholes.reduce((rest, own) => rest.replaceAll(own, ''), visible)
}

const ids =
  /[0-9a-f]{8}-[0-9a-f-]{27}|sluice[_-][\w-]+|\b[0-9A-HJKMNP-TV-Z]{26}\b|"(?:duration_ms|elapsed_ms)":\s*[\d.]+/gi

/** Two answers that a client cannot tell apart, but for ids and times of the record. */
export function indistinguishable(first: Answer, firstSql: string, second: Answer, secondSql: string): boolean {
  const bare = (answer: Answer, sql: string) => withoutEcho(answer.visible, sql).replace(ids, '')
  return first.state === second.state && bare(first, firstSql) === bare(second, secondSql)
}

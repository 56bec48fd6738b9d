import type { SessionEvent } from '../../model/session-event.ts'

/** What a policy may have erased, under the names of its own input document, and where events hold it. */
const erasable = new Map<string, readonly string[]>([
  ['/query/text', ['/asked/text', '/statement/text', '/governed/value/text']],
  ['/query/params', ['/asked/parameters', '/governed/value/parameters']],
  ['/identity/email', ['/principal/email']],
  ['/identity/attributes', ['/principal/attributes']],
  ['/client/ip', ['/origin/client/ip']],
  ['/session/purpose', ['/origin/purpose']],
  ['/result/rows', ['/page/rows']],
])

export type Erased<E> = { readonly kept: E; readonly erased: readonly string[] }

/** The event without what its decision wants erased. A pointer that names nothing erasable throws: absence is refusal. */
export function eraseFromEvent<E extends SessionEvent>(event: E): Erased<E> {
  const pointers = pointersOf(event)
  const kept = pointers.flatMap(placesOf).reduce<unknown>((part, place) => eraseAt(part, segmentsOf(place)), event)
  return { kept: kept as E, erased: pointers }
}

function pointersOf(event: SessionEvent): readonly string[] {
  if ('redact' in event && event.redact !== undefined) return event.redact
  return 'decision' in event ? (event.decision?.redact ?? []) : []
}

function placesOf(pointer: string): readonly string[] {
  for (const [prefix, places] of erasable) {
    if (pointer === prefix || pointer.startsWith(`${prefix}/`)) {
      return places.map(place => place + pointer.slice(prefix.length))
    }
  }
  throw new Error(`The policy wants "${pointer}" erased, which is not one of ${[...erasable.keys()].join(', ')}.`)
}

function segmentsOf(pointer: string): readonly string[] {
  return pointer
    .split('/')
    .slice(1)
    .map(segment => segment.replaceAll('~1', '/').replaceAll('~0', '~'))
}

/** A copy whose part at the path is blank. A path that leads nowhere changes nothing. */
function eraseAt(value: unknown, [first, ...rest]: readonly string[]): unknown {
  if (first === undefined) return blank(value)
  if (Array.isArray(value)) return value.map((item, index) => (String(index) === first ? eraseAt(item, rest) : item))
  if (!isPlainObject(value) || !Object.hasOwn(value, first)) return value
  return { ...value, [first]: eraseAt(value[first], rest) }
}

/** An empty value of the same shape, so that what reads the event needs no special case. */
function blank(value: unknown): unknown {
  if (typeof value === 'string') return ''
  if (Array.isArray(value)) return []
  if (!isPlainObject(value)) return null
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, blank(part)]))
}

function isPlainObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype
}

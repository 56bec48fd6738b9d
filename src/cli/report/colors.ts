/** What always has one colour, whichever chart it is in. */
const known: Readonly<Record<string, string>> = {
  finished: '#2f7d5b',
  allow: '#2f7d5b',
  denied: '#c2413b',
  deny: '#c2413b',
  failed: '#d98324',
  held: '#8a6fc0',
  approval_required: '#8a6fc0',
  none: '#c2413b',
  p50: '#7fb3d5',
  p95: '#3b7fb4',
  p99: '#1b4f72',
}
const others = ['#3b7fb4', '#2f7d5b', '#d98324', '#8a6fc0', '#c2413b', '#5f9ea0', '#b08d57', '#7d8597']

/** A colour for each name, none of them twice while there are enough. */
export function colorsOf(names: readonly string[]): ReadonlyMap<string, string> {
  const taken = new Set(names.flatMap(name => known[name] ?? []))
  const free = others.filter(color => !taken.has(color))
  let next = 0
  return new Map(names.map(name => [name, known[name] ?? free[next++ % Math.max(1, free.length)] ?? '#7d8597']))
}

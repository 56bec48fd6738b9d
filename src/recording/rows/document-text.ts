/** A part of the model as JSON text. JSON leaves maps out silently: make objects of them first. */
export function documentText(value: object): string {
  return JSON.stringify(value)
}

export function objectOf<V>(map: ReadonlyMap<string, V>): Readonly<Record<string, V>> {
  return Object.fromEntries(map)
}

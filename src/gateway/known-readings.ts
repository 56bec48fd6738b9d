import { Recent } from '../base/recent.ts'
import type { CatalogSnapshot, Wanted } from '../model/catalog.ts'
import type { Analyzed, AnalyzeSettings, Draft } from '../sql/analyze.ts'

/** What the catalog was asked for a text, and what it said. */
export type Look = { readonly wanted: Wanted; readonly found: CatalogSnapshot }
export type AskCatalog = (wanted: Wanted) => Promise<CatalogSnapshot>

/** A text that was understood. It holds as long as the catalog says the same of every name in it. */
export type KnownReading = { readonly draft: Draft; readonly analyzed: Analyzed; readonly looks: readonly Look[] }

export type KnownReadings = {
  readonly find: (text: string, settings: AnalyzeSettings) => KnownReading | undefined
  readonly keep: (settings: AnalyzeSettings, reading: KnownReading) => void
}

/** Readings of the texts that were asked last; they take up some hundred times the memory of their texts. */
export function openKnownReadings(maxCharacters = 262_144): KnownReadings {
  const readings = new Recent<KnownReading>(maxCharacters)
  return {
    find: (text, settings) => readings.get(keyOf(text, settings)),
    keep(settings, reading) {
      const key = keyOf(reading.draft.text, settings)
      readings.set(key, reading, key.length)
    },
  }
}

/** All that a reading depends on, but for the catalog. */
function keyOf(text: string, { digest: _, ...settings }: AnalyzeSettings): string {
  return JSON.stringify([text, settings])
}

/** The same catalog, which takes note of what it is asked. */
export function noting(ask: AskCatalog, looks: Look[]): AskCatalog {
  return async wanted => {
    const found = await ask(wanted)
    looks.push({ wanted, found })
    return found
  }
}

/** Whether the catalog still says of every name what it said then. */
export async function holds({ looks }: KnownReading, ask: AskCatalog): Promise<boolean> {
  const answers = await Promise.all(looks.map(async ({ wanted, found }) => isSame(found, await ask(wanted))))
  return answers.every(isSameAnswer => isSameAnswer)
}

// By identity: what is cached is never changed, and what was fetched again is another object.
function isSame(before: CatalogSnapshot, now: CatalogSnapshot): boolean {
  return (
    isSameMap(before.tables, now.tables, (one, other) => one === other) &&
    isSameMap(before.routines, now.routines, (one, other) => one === other) &&
    isSameMap(before.wildcards, now.wildcards, isSameList)
  )
}

function isSameMap<V>(
  before: ReadonlyMap<string, V>,
  now: ReadonlyMap<string, V>,
  isSameValue: (one: V, other: V) => boolean,
): boolean {
  if (before.size !== now.size) return false
  for (const [key, value] of before) {
    const other = now.get(key)
    if (other === undefined || !isSameValue(value, other)) return false
  }
  return true
}

function isSameList<T>(before: readonly T[], now: readonly T[]): boolean {
  return before.length === now.length && before.every((item, index) => item === now[index])
}

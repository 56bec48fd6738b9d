import { type CatalogSnapshot, emptySnapshot, extendedSnapshot, type Wanted } from '../model/catalog.ts'
import { Failure } from '../model/failure.ts'
import { type Analyzed, type AnalyzeSettings, analyze, type Draft } from '../sql/analyze.ts'
import type { CatalogPort, Ports } from './ports.ts'

/** The part of the ports that understanding needs. */
type KnownWorld = { readonly catalog: Pick<CatalogPort, 'snapshot'>; readonly observe: Ports['observe'] }

/** How many times a view or a routine may lead to further ones. BigQuery allows 16 levels. */
const maxRounds = 17

/** Analyzes a parsed query, fetching from the catalog whatever each round finds missing. */
export async function understand(
  draft: Draft,
  settings: AnalyzeSettings,
  ports: KnownWorld,
  signal: AbortSignal,
): Promise<Analyzed> {
  let snapshot = emptySnapshot
  for (let round = 0; round <= maxRounds; round++) {
    const began = performance.now()
    const analysis = analyze(draft, snapshot, settings)
    ports.observe('analyze', performance.now() - began)
    if (analysis.state === 'complete') return analysis.analyzed
    snapshot = await extend(snapshot, analysis.wanted, ports, signal)
  }
  throw new Failure('cannot_govern', {
    detail: `Views and routines are nested more than ${maxRounds - 1} levels deep.`,
  })
}

async function extend(
  known: CatalogSnapshot,
  wanted: Wanted,
  ports: KnownWorld,
  signal: AbortSignal,
): Promise<CatalogSnapshot> {
  return extendedSnapshot(known, await ports.catalog.snapshot(wanted, signal))
}

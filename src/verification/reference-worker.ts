import { LRUCache } from 'lru-cache'
import type { PartCatalog } from '../model/governed.ts'
import { type CatalogId, openAnalyzer, type ParameterType } from './analyzer.ts'
import { answerJobs, sharedWithWorker } from './answer-jobs.ts'
import { rootCatalog } from './catalog-proto.ts'
import { AnalyzerRefusal, openReference, type ReferenceCode } from './reference.ts'
import type { Analysis } from './resolved.ts'

/** One part of a text, to be analyzed; or a whole script, for the tables that it names. */
export type ReferenceJob = PartJob | { readonly script: string }
export type PartJob = {
  readonly text: string
  readonly parameters: readonly ParameterType[]
  /** Equal keys, equal catalogs. */
  readonly catalogKey: string
  readonly catalog: PartCatalog
}
export type ReferenceAnswer =
  | { readonly state: 'read'; readonly analysis: Analysis }
  | { readonly state: 'named'; readonly tables: readonly string[] }
  | { readonly state: 'refused'; readonly message: string }

const catalogsKept = 16

const reference = openReference(sharedWithWorker<ReferenceCode>())
const analyzer = openAnalyzer(reference)
const catalogs = new LRUCache<string, CatalogId>({ max: catalogsKept, dispose: id => analyzer.unregister(id) })

answerJobs<ReferenceJob, ReferenceAnswer>(read, reference.memoryBytes)

function read(job: ReferenceJob): ReferenceAnswer {
  try {
    if ('script' in job) return { state: 'named', tables: namedIn(job.script) }
    return { state: 'read', analysis: analyzer.analyze(job.text, catalogOf(job), job.parameters) }
  } catch (thrown) {
    if (thrown instanceof AnalyzerRefusal) return { state: 'refused', message: thrown.message }
    throw thrown
  }
}

function namedIn(script: string): readonly string[] {
  return analyzer.tables(script, { script: true }).map(name => name.join('.'))
}

function catalogOf({ catalogKey, catalog }: PartJob): CatalogId {
  const known = catalogs.get(catalogKey)
  if (known !== undefined) return known
  const id = analyzer.register(rootCatalog(catalog.tables, catalog))
  catalogs.set(catalogKey, id)
  return id
}

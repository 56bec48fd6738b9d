import { createHash } from 'node:crypto'
import { z } from 'zod'
import { parseStrictJson } from '../base/strict-json.ts'
import { classificationsData } from './classifications.ts'
import { entrypoint, type JsonObject } from './evaluate.ts'
import { type SignatureRules, verifySignature } from './signature.ts'
import { readTarGz } from './tar.ts'

/** A policy as it was published: verified, not yet tried. */
export type Bundle = {
  readonly revision: string
  readonly module: Uint8Array
  /** Rego's data document. */
  readonly facts: JsonObject
  readonly classifications: z.infer<typeof classificationsData>
}

const maxDepth = 100

const manifest = z.looseObject({
  revision: z.string().min(1),
  roots: z.array(z.string().min(1)).min(1),
  wasm: z.array(z.looseObject({ entrypoint: z.string(), module: z.string() })).min(1),
})

const dataDocument = z.looseObject({
  data: z.looseObject({ classifications: classificationsData.default({}) }).default({ classifications: {} }),
})

/** Reads an OPA bundle. Throws with the reason where it is unsigned, altered, cut off or made for something else. */
export async function readBundle(archive: Uint8Array, rules: SignatureRules): Promise<Bundle> {
  const files = readTarGz(archive)
  await verifySignature(files, rules)
  const { revision, roots, wasm } = manifest.parse(readJson(files, '.manifest'))
  const compiled = wasm.find(candidate => candidate.entrypoint === entrypoint)
  if (compiled === undefined) throw new Error(`the bundle has no entrypoint ${entrypoint}; was it built for WASM?`)
  const document = readJson(files, 'data.json')
  const { data } = dataDocument.parse(document)
  const facts = z.record(z.string(), z.unknown()).parse(document)
  refuseForeignRoots(facts, roots)
  const module = fileOf(files, compiled.module.replace(/^\//, ''))
  return { revision: `${revision}-${shortHash(module, facts)}`, module, facts, classifications: data.classifications }
}

/** A bundle speaks only for the roots that it owns. */
function refuseForeignRoots(facts: JsonObject, roots: readonly string[]): void {
  const owned = new Set(roots.map(root => root.split('/')[0]))
  const foreign = Object.keys(facts).filter(key => !owned.has(key))
  if (foreign.length > 0) throw new Error(`the bundle has data outside of its roots: ${foreign.join(', ')}`)
}

/** Two builds under one name are told apart. */
function shortHash(module: Uint8Array, facts: JsonObject): string {
  return createHash('sha256').update(module).update(JSON.stringify(facts)).digest('hex').slice(0, 12)
}

function readJson(files: ReadonlyMap<string, Uint8Array>, name: string): unknown {
  return parseStrictJson(new TextDecoder('utf-8', { fatal: true }).decode(fileOf(files, name)), maxDepth)
}

function fileOf(files: ReadonlyMap<string, Uint8Array>, name: string): Uint8Array {
  const file = files.get(name)
  if (file === undefined) throw new Error(`the bundle has no ${name}`)
  return file
}

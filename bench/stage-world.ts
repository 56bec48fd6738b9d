import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import type { CatalogTable } from '../src/model/catalog.ts'
import { readBundle } from '../src/policy/bundle.ts'
import { compileDirectory } from '../src/policy/compile.ts'
import { type TriedPolicy, tryBundle } from '../src/policy/try-bundle.ts'
import { openRecorder, type Recorder } from '../src/recording/open-recorder.ts'
import { recordingOptions } from '../src/recording/options.ts'
import { googlesqlReferenceFiles } from '../src/tools/googlesql-reference.ts'
import { setUpTools } from '../src/tools/set-up.ts'
import { verificationOptions } from '../src/verification/options.ts'
import { openOracle } from '../src/verification/oracle.ts'
import { openVerifier, type Verifier } from '../src/verification/verify.ts'
import { worldCatalog } from '../test/measure/world-catalog.ts'

export type StageWorld = {
  readonly tables: readonly CatalogTable[]
  readonly policy: TriedPolicy
  readonly verifier: Verifier
  readonly recorder: Recorder
  readonly close: () => Promise<void>
}

const own = (path: string) => resolve(import.meta.dirname, '..', path)

/** The sandbox's tables, the example policy, Google's analyzer, and a spool on this disk. */
export async function openStageWorld(): Promise<StageWorld> {
  const tools = await setUpTools(['opa', 'googlesql-reference'], text => console.error(text))
  const reference = googlesqlReferenceFiles()
  const tables = await worldCatalog(own('src/sandbox/world.json'), await openOracle(reference))
  const policy = await openExamplePolicy(tools.opa.path)
  const path = await mkdtemp(join(tmpdir(), 'sluice-bench-'))
  const options = recordingOptions.parse({ spoolPath: join(path, 'spool'), store: { kind: 'none' } })
  const recorder = await openRecorder(options, { now: () => new Date() })
  const verifier = await openVerifier(verificationOptions.parse({ workers: 1, timeoutMs: 30_000 }), { reference })
  const close = async () => {
    await verifier.close()
    await recorder.close()
    await rm(path, { recursive: true, force: true })
  }
  return { tables, policy, verifier, recorder, close }
}

async function openExamplePolicy(opaPath: string): Promise<TriedPolicy> {
  const bundle = await readBundle(await compileDirectory(own('policies'), opaPath), { keys: [] })
  const limits = { maxInputBytes: 262_144, timeoutMs: 5_000 }
  const surroundings = { environment: 'bench', timeZone: 'UTC', usdPerTebibyte: 6.25, newId: () => 'bench' }
  return tryBundle(bundle, { ...limits, ...surroundings })
}

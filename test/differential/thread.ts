import { parentPort } from 'node:worker_threads'
import { sharedWithWorker } from '../../src/verification/answer-jobs.ts'
import { oracleOf } from '../../src/verification/oracle.ts'
import { compileReference } from '../../src/verification/reference.ts'
import { corpusTexts, worldPath } from './cases.ts'
import { openEvaluator } from './evaluator.ts'
import { fuzz } from './fuzz.ts'
import { runGenerated } from './run-generated.ts'
import type { ThreadInput } from './threads.ts'
import { openWorld } from './world.ts'

const { task, paths } = sharedWithWorker<ThreadInput>()
const code = await compileReference(paths)
const oracle = oracleOf(code)
const world = await openWorld(worldPath, oracle)
parentPort?.postMessage(await report())

async function report() {
  if (task.kind === 'generated') return runGenerated(world, oracle, await openEvaluator(paths), task.options)
  return fuzz(await corpusTexts(), world.tables, () => oracleOf(code), task.options)
}

import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { Failure } from '../../src/model/failure.ts'
import type { Oracle } from '../../src/verification/oracle.ts'
import { understandText } from '../measure/understand-text.ts'
import type { Evaluator } from './evaluator.ts'
import { fuzzText } from './fuzz.ts'
import { runCorpus } from './run-corpus.ts'
import { dataset, project, type World } from './world.ts'

/** What a run once found, kept: `text` is held to the fuzzer's rules, `query` to those of governed queries as well. */
export type KeptFinding = {
  readonly what: string
  readonly kind: 'text' | 'query'
  readonly sql: string
  /** The failure that it must be refused with; absent where it must be understood or only not crash. */
  readonly refused?: string
}

export function readFindings(): readonly KeptFinding[] {
  const path = fileURLToPath(new URL('../corpus/findings.jsonl', import.meta.url))
  const lines = readFileSync(path, 'utf8').split('\n')
  return lines.filter(line => line.trim() !== '').map(line => JSON.parse(line))
}

/** What is still wrong with a finding; undefined where nothing is. */
export function replay(
  { kind, sql, refused }: KeptFinding,
  { world, oracle, evaluator }: { readonly world: World; readonly oracle: Oracle; readonly evaluator: Evaluator },
): string | undefined {
  const { finding } = fuzzText(sql, world.tables, oracle)
  if (finding !== undefined) return `${finding.kind}: ${finding.why}`
  const understood = understandText(sql, world.tables, { project, defaultDataset: { project, dataset } })
  const code = understood instanceof Failure ? understood.code : undefined
  if (kind === 'text')
    return refused === undefined || code === refused ? undefined : `refused as ${code}, not as ${refused}`
  if (code !== refused) return `refused as ${code}`
  const { findings } = runCorpus([{ id: 'kept', sql }], world, evaluator, { seed: 1, policies: 1 })
  return findings.length === 0 ? undefined : JSON.stringify(findings)
}

import { join } from 'node:path'
import { type AttackCase, readCases } from '../measure/cases.ts'
import { acceptedCases } from '../measure/language-cases.ts'
import type { CorpusCase } from './run-corpus.ts'

const folder = join(import.meta.dirname, '../corpus/attacks')
export const worldPath = join(folder, 'fixture_world.json')

/** The attacks and honest queries of the world; a text without SQL is none of ours. */
export async function attackCases(): Promise<readonly CorpusCase[]> {
  const files = ['controls', 'attacks'].map(name => join(folder, `${name}.jsonl`))
  const asked = (await Promise.all(files.map(path => readCases<AttackCase>(path)))).flat()
  return asked.flatMap(({ id, sql, fixture }): CorpusCase[] => {
    if (sql === undefined) return []
    const defaultDataset = fixture.default_dataset?.split('.').at(-1)
    return [{ id, sql, ...(defaultDataset === undefined ? {} : { defaultDataset }) }]
  })
}

/** Those, and all of the language corpus: most of it names tables that are not there, and is passed over. */
export async function worldCases(): Promise<readonly CorpusCase[]> {
  const language = (await acceptedCases()).map(({ id, sql }): CorpusCase => ({ id: String(id), sql }))
  return [...(await attackCases()), ...language]
}

export async function corpusTexts(): Promise<readonly string[]> {
  return (await worldCases()).map(({ sql }) => sql)
}

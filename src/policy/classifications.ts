import { z } from 'zod'
import type { TableRef } from '../model/table-ref.ts'

const classification = z.strictObject({
  tags: z.array(z.string()).default([]),
  columns: z.record(z.string(), z.array(z.string())).default({}),
})

/** `data/classifications` of a policy: tags by table (`project.dataset.table` or `project.dataset.*`) and leaf path. */
export const classificationsData = z.record(z.string(), classification)

export type TableTags = { readonly tags: readonly string[]; readonly columns: ReadonlyMap<string, readonly string[]> }

/** Looks up the tags that the policy repository gives to a table and its columns. */
export type Classify = (ref: TableRef) => TableTags

export function classifier(classifications: z.infer<typeof classificationsData>): Classify {
  const byPattern = new Map(Object.entries(classifications))
  return ({ project, dataset, table }) => {
    const matching = [`${project}.${dataset}.${table}`, `${project}.${dataset}.*`].flatMap(
      pattern => byPattern.get(pattern) ?? [],
    )
    const columns = new Map<string, string[]>()
    for (const [path, tags] of matching.flatMap(entry => Object.entries(entry.columns))) {
      columns.set(path.toLowerCase(), [...(columns.get(path.toLowerCase()) ?? []), ...tags])
    }
    return { tags: matching.flatMap(entry => entry.tags), columns }
  }
}

/** Tags of a leaf: its own, and those of every column around it. Names of columns have no case. */
export function tagsOfLeaf(path: string, { columns }: TableTags): readonly string[] {
  if (columns.size === 0) return []
  const parts = path.toLowerCase().split('.')
  return parts.flatMap((_, index) => columns.get(parts.slice(0, index + 1).join('.')) ?? [])
}

import { readFile } from 'node:fs/promises'
import { parse } from 'yaml'
import { z } from 'zod'
import type { TableId } from '../model/table-ref.ts'

const classificationFile = z.record(z.string(), z.record(z.string(), z.array(z.string())))

/** Tags by table id and column path, beside those that BigQuery's policy tags give. */
export type Classifications = ReadonlyMap<TableId, Readonly<Record<string, readonly string[]>>>

/** Reads `{ "project.dataset.table": { "column.path": ["tag"] } }`, as JSON or YAML. */
export async function readClassifications(path: string | undefined): Promise<Classifications> {
  if (path === undefined) return new Map()
  const content: unknown = parse(await readFile(path, 'utf8'))
  return new Map(Object.entries(classificationFile.parse(content)))
}

import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { openRequest } from '../open-requests.ts'
import { chainRange } from '../proof/checkpoint.ts'

const namePattern = /^(\d{10})\.ndjson$/

export function segmentPath(directory: string, segment: number): string {
  return join(directory, `${String(segment).padStart(10, '0')}.ndjson`)
}

/** The numbers of a writer's segments, oldest first. */
export async function listSegments(directory: string): Promise<readonly number[]> {
  const names = await readdir(directory)
  return names.flatMap(name => namePattern.exec(name)?.slice(1).map(Number) ?? []).sort((a, b) => a - b)
}

/** The first line of a segment: all that the next line builds on, so that older segments may be deleted. */
export const segmentHead = z.strictObject({
  format: z.literal(1),
  writer: z.string(),
  segment: z.int(),
  openedAt: z.string(),
  /** Events that this writer recorded before this segment. */
  seq: z.int(),
  /** sha256 (hex) of the event before this segment. */
  previousHash: z.string(),
  /** Requests that were running when this segment began. */
  open: z.array(openRequest),
  /** Events before this segment that no checkpoint covers yet; one follows this line. */
  unsealed: chainRange.exactOptional(),
})
export type SegmentHead = Readonly<z.infer<typeof segmentHead>>

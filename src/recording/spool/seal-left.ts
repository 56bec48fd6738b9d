import { open } from 'node:fs/promises'
import type { Seal } from '../proof/checkpoint.ts'
import { LineBlock } from './line.ts'
import type { Recovered } from './recover.ts'
import { Sealing } from './sealing.ts'
import { segmentPath } from './segment.ts'

/** Ends the last segment of a writer that has gone with the checkpoint that it could not write itself. */
export async function sealLeft(
  directory: string,
  left: Recovered,
  seal: Seal,
): Promise<Pick<Recovered, 'chain' | 'end'>> {
  const sealing = new Sealing(left.chain.writer, seal, left.unsealed)
  const block = new LineBlock()
  const chain = sealing.frame(sealing.range, left.chain, block)
  const { bytes } = block
  if (bytes.length === 0) return left
  const file = await open(segmentPath(directory, left.end.segment), 'r+')
  try {
    await file.write(bytes, 0, bytes.length, left.end.offset)
    await file.datasync()
  } finally {
    await file.close()
  }
  return { chain, end: { ...left.end, offset: left.end.offset + bytes.length } }
}

import { batchOf } from './batches.ts'
import { type Batch, RowsRefused, type Sink } from './sink.ts'

export type Delivery = {
  readonly sink: Sink
  /** Takes the rows that the sink refuses for good, one at a time. */
  readonly bury: (batch: Batch, cause: unknown) => Promise<void>
}

/** Stores each row of a batch once. Where the fate of an earlier try is unknown, only what is missing is sent. */
export async function deliver(batch: Batch, isFateUnknown: boolean, { sink, bury }: Delivery): Promise<void> {
  const missing = isFateUnknown ? without(batch, await sink.present(batch)) : batch
  if (missing === undefined) return
  try {
    await sink.insert(missing)
  } catch (cause) {
    if (!(cause instanceof RowsRefused)) throw cause
    if (missing.lines.length === 1) return bury(missing, cause)
    // One bad row must not take its neighbours with it.
    for (const half of halves(missing)) await deliver(half, true, { sink, bury })
  }
}

function without(batch: Batch, present: ReadonlySet<number>): Batch | undefined {
  const lines = batch.lines.filter(({ number }) => !present.has(number))
  return lines.length === batch.lines.length ? batch : batchOf(batch.writer, lines)
}

function halves({ writer, lines }: Batch): readonly Batch[] {
  const middle = Math.ceil(lines.length / 2)
  return [lines.slice(0, middle), lines.slice(middle)].flatMap(half => batchOf(writer, half) ?? [])
}

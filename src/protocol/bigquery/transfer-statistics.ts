import type { JobStatistics } from '../../model/result.ts'
import type { Transfer } from '../../model/transfer.ts'
import { countText } from './count-text.ts'
import { type AnyEntry, isFound } from './job-book.ts'
import { spared } from './spared.ts'

type Shown = (statistics: JobStatistics, transfer: Transfer) => Readonly<Record<string, unknown>>

const byKind: Readonly<Record<Transfer['kind'], Shown>> = {
  load: ({ affectedRows, moved }, { content }) => ({
    outputRows: countText(affectedRows),
    inputFiles: countText(moved?.files),
    inputFileBytes: countText(moved?.bytes ?? content?.bytes),
    badRecords: countText(moved?.badRows),
  }),
  copy: ({ affectedRows, moved }) => ({
    copiedRows: countText(affectedRows),
    copiedLogicalBytes: countText(moved?.bytes),
  }),
  extract: ({ moved }, { uris }) => ({
    inputBytes: countText(moved?.bytes),
    // BigQuery counts the files of each pattern; of one pattern that is all of them.
    destinationUriFileCounts: uris.length === 1 ? [countText(moved?.files)] : undefined,
  }),
  insert_rows: () => ({}),
  alter_table: () => ({}),
  alter_dataset: () => ({}),
}

/** What an ended transfer moved, as its kind of job tells it. */
export function transferStatistics(entry: AnyEntry): object {
  const transfer = transferOf(entry)
  const { ended } = entry
  if (ended === undefined || transfer === undefined) return {}
  return { [transfer.kind]: spared(byKind[transfer.kind](ended.statistics, transfer)) }
}

function transferOf(entry: AnyEntry): Transfer | undefined {
  if (isFound(entry)) return 'transfer' in entry ? entry.transfer : undefined
  return entry.job.statement.transfer
}

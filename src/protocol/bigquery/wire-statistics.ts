import type { JobStatistics } from '../../model/result.ts'

/** What a query cost. BigQuery's own statistics also count rows that filters hold back, so nothing else is shown. */
export function wireStatistics({ bytesProcessed, cacheHit, ...changed }: JobStatistics) {
  return {
    totalBytesProcessed: String(bytesProcessed ?? 0),
    cacheHit: cacheHit ?? false,
    ...wireChanges(changed),
  }
}

/** How many rows DML changed. */
export function wireChanges({ affectedRows, changes }: Pick<JobStatistics, 'affectedRows' | 'changes'>) {
  if (affectedRows === undefined) return {}
  const dmlStats = changes && {
    insertedRowCount: String(changes.inserted),
    updatedRowCount: String(changes.updated),
    deletedRowCount: String(changes.deleted),
  }
  return { numDmlAffectedRows: String(affectedRows), ...(dmlStats === undefined ? {} : { dmlStats }) }
}

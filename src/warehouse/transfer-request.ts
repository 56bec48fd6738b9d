import type { TransferStarted } from '../model/session-event.ts'
import type { TableRef } from '../model/table-ref.ts'
import type { Destination, Transfer } from '../model/transfer.ts'
import { jobLabels } from './labels.ts'

/** The job that a transfer is, as BigQuery's REST API has it: nothing but what is on record. */
export function transferRequest(started: TransferStarted): Record<string, unknown> {
  const { job, limits, statement } = started
  const { timeoutMs } = limits
  return {
    jobReference: { projectId: job.project, jobId: job.jobId, location: job.location },
    configuration: {
      labels: jobLabels(started),
      ...(timeoutMs === undefined ? {} : { jobTimeoutMs: String(timeoutMs) }),
      ...configurationOf(statement.transfer),
    },
  }
}

function configurationOf({ kind, sources, destination, uris, options }: Transfer): Record<string, unknown> {
  const written = destination === undefined ? {} : wireDestination(destination)
  switch (kind) {
    case 'load':
      return { load: { ...options, ...written, ...(uris.length === 0 ? {} : { sourceUris: uris }) } }
    case 'copy':
      return { copy: { ...options, ...written, sourceTables: sources.map(wireTable) } }
    case 'extract':
      return { extract: { ...options, destinationUris: uris, sourceTable: sources.map(wireTable)[0] } }
    case 'insert_rows':
    case 'alter_table':
    case 'alter_dataset':
      throw new Error(`${kind} has no job`)
  }
}

/** Where rows are written, in the words that every kind of job has for it. */
export function wireDestination({ table, write, create, options }: Destination): Record<string, unknown> {
  return {
    ...options,
    destinationTable: wireTable(table),
    writeDisposition: `WRITE_${write.toUpperCase()}`,
    createDisposition: create === 'never' ? 'CREATE_NEVER' : 'CREATE_IF_NEEDED',
  }
}

function wireTable({ project, dataset, table }: TableRef) {
  return { projectId: project, datasetId: dataset, tableId: table }
}

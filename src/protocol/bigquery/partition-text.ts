import type { z } from 'zod'
import { Failure } from '../../model/failure.ts'
import type { NewColumn } from './column-text.ts'
import type { clustering, rangePartitioning, timePartitioning } from './destination-config.ts'
import { quotedName } from './statement-text.ts'

type Partitioned = {
  readonly timePartitioning?: z.infer<typeof timePartitioning> | null
  readonly rangePartitioning?: z.infer<typeof rangePartitioning> | null
  readonly clustering?: z.infer<typeof clustering> | null
  readonly requirePartitionFilter?: boolean
}

const dayMs = 86_400_000

/** How a new table is partitioned and clustered, as CREATE TABLE has it. */
export function partitionText(columns: readonly NewColumn[], { clustering: clusters, ...parts }: Partitioned) {
  const { timePartitioning: time, rangePartitioning: range, requirePartitionFilter } = parts
  const by = time ? timeText(columns, time) : range ? rangeText(range) : undefined
  const isRequired = requirePartitionFilter ?? time?.requirePartitionFilter
  const days = time?.expirationMs ? Number(time.expirationMs) / dayMs : undefined
  return {
    clauses: [
      ...(by === undefined ? [] : [` PARTITION BY ${by}`]),
      ...(clusters ? [` CLUSTER BY ${clusters.fields.map(name => quotedName(name)).join(', ')}`] : []),
    ].join(''),
    options: { partition_expiration_days: days, require_partition_filter: isRequired === true ? true : undefined },
  }
}

function timeText(
  columns: readonly NewColumn[],
  { type, field }: NonNullable<Partitioned['timePartitioning']>,
): string {
  if (field === undefined || field === null) {
    return type === 'DAY' ? '_PARTITIONDATE' : `TIMESTAMP_TRUNC(_PARTITIONTIME, ${type})`
  }
  const column = columns.find(({ name }) => name.toLowerCase() === field.toLowerCase())
  if (column === undefined) throw refusal(`has no column ${field}`)
  const name = quotedName(column.name)
  switch (column.type) {
    case 'DATE':
      return type === 'DAY' ? name : `DATE_TRUNC(${name}, ${type})`
    case 'DATETIME':
    case 'TIMESTAMP':
      return `${column.type}_TRUNC(${name}, ${type})`
    default:
      throw refusal(`has no time in its column ${field}`)
  }
}

function rangeText({ field, range }: NonNullable<Partitioned['rangePartitioning']>): string {
  return `RANGE_BUCKET(${quotedName(field)}, GENERATE_ARRAY(${range.start}, ${range.end}, ${range.interval}))`
}

function refusal(why: string): Failure {
  return new Failure('request_invalid', { detail: `timePartitioning: the table ${why}.` })
}

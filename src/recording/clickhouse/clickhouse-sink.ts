import { Readable } from 'node:stream'
import { setTimeout as sleep } from 'node:timers/promises'
import { type ClickHouseClient, ClickHouseError, type ClickHouseSettings } from '@clickhouse/client'
import { recordTables } from '../rows/row.ts'
import { type Batch, RowsRefused, type Sink } from '../sink/sink.ts'
import type { SpoolLine } from '../spool/line.ts'

export type StoreKind = 'embedded' | 'server' | 'cluster'

/**
 * Codes of ClickHouse that blame the rows: CANNOT_PARSE_* and their like, INCORRECT_DATA, TYPE_MISMATCH,
 * VALUE_IS_OUT_OF_RANGE, UNKNOWN_ELEMENT_OF_ENUM. Every other failure may pass, and is tried again.
 */
const rowCodes = new Set(['6', '25', '26', '27', '33', '38', '41', '53', '69', '70', '72', '117', '321', '376', '691'])

const settingsByKind: Readonly<Record<StoreKind, ClickHouseSettings & { deduplicate_insert?: string }>> = {
  embedded: { deduplicate_insert: 'disable' },
  server: {},
  cluster: { distributed_foreground_insert: 1, select_sequential_consistency: '1' },
}

/** ClickHouse as a sink: the spool's own bytes as `JSONEachRow`, and reading back by writer and line. */
export function clickHouseSink(client: ClickHouseClient, database: string, kind: StoreKind): Sink {
  return {
    tables: recordTables,
    insert: batch => insert(client, database, kind, batch),
    present: async batch => {
      await settle(client, batch)
      return readBack(client, database, kind, batch)
    },
  }
}

async function insert(client: ClickHouseClient, database: string, kind: StoreKind, batch: Batch): Promise<void> {
  try {
    const { stream } = await client.exec({
      query: `INSERT INTO ${database}.${batch.table} FORMAT JSONEachRow`,
      // One piece: a write for each line costs more than all else that is done with it.
      values: Readable.from([Buffer.concat(batch.lines.map(({ json }) => json))], { objectMode: false }),
      clickhouse_settings: {
        async_insert: 0,
        wait_end_of_query: 1,
        // One block, so that a row that cannot be parsed stops the batch before anything of it is stored.
        input_format_parallel_parsing: 0,
        log_comment: batch.id,
        ...(kind !== 'embedded' && { insert_deduplication_token: `${batch.id}:${batch.lines.length}` }),
        ...settingsByKind[kind],
      },
    })
    await stream.resume().toArray()
  } catch (cause) {
    if (cause instanceof ClickHouseError && rowCodes.has(cause.code)) throw new RowsRefused(cause.message, { cause })
    throw cause
  }
}

const settleRounds = 100

// A request that was given up may still be running in the server: what it stores must be seen before reading back.
async function settle(client: ClickHouseClient, { id }: Batch): Promise<void> {
  for (let round = 0; round < settleRounds; round += 1) {
    const answer = await client.query({
      query: `SELECT count() AS running FROM system.processes
        WHERE Settings['log_comment'] = {id:String} AND query_kind = 'Insert'`,
      query_params: { id },
      format: 'JSONEachRow',
    })
    const [row] = await answer.json<{ running: string }>()
    if (Number(row?.running) === 0) return
    await sleep(100)
  }
  throw new Error(`batch ${id} is still being stored`)
}

async function readBack(
  client: ClickHouseClient,
  database: string,
  kind: StoreKind,
  batch: Batch,
): Promise<ReadonlySet<number>> {
  const numbers = batch.lines.map(({ number }) => number)
  const times = batch.lines.map(timeOf).sort()
  const answer = await client.query({
    query: `SELECT line FROM ${database}.${batch.table}
      WHERE writer = {writer:String} AND line BETWEEN {first:UInt64} AND {last:UInt64}
        AND ts BETWEEN {from:DateTime64(6, 'UTC')} AND {to:DateTime64(6, 'UTC')}`,
    query_params: {
      writer: batch.writer,
      first: numbers[0],
      last: numbers.at(-1),
      from: times[0],
      to: times.at(-1),
    },
    clickhouse_settings: settingsByKind[kind],
    format: 'JSONEachRow',
  })
  const rows = await answer.json<{ line: string | number }>()
  return new Set(rows.map(({ line }) => Number(line)))
}

/** `{"ts":"2026-11-24 10:00:00.123000"` begins every row. */
function timeOf({ json }: SpoolLine): string {
  return json.toString('latin1', 7, 33)
}

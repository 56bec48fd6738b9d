import type { ClickHouseClient } from '@clickhouse/client'
import { applySchema } from './clickhouse/apply-schema.ts'
import { clickHouseSink, type StoreKind } from './clickhouse/clickhouse-sink.ts'
import { connectStore, type StoreAccess } from './clickhouse/connect.ts'
import type { SchemaSettings } from './clickhouse/render-schema.ts'
import { superviseStore } from './embedded/supervise.ts'
import type { RecorderHooks } from './hooks.ts'
import type { RecordingOptions } from './options.ts'
import { sessionOwners } from './read/session-owners.ts'
import { schemaFirst } from './sink/schema-first.ts'
import type { Sink } from './sink/sink.ts'

/** A store that runs, and how to reach it. */
export type Store = {
  readonly access: StoreAccess
  /** Credentials that cannot write; only the embedded store makes them. */
  readonly reader?: { readonly user: string; readonly password: string }
  readonly sink: Sink
  readonly client: ClickHouseClient
  /** For questions to the records: the reader's, where there is one. */
  readonly readClient: ClickHouseClient
  readonly sessionOwners: () => Promise<ReadonlyMap<string, string>>
  /** The process of the embedded store. */
  readonly pid?: () => number | undefined
  readonly close: () => Promise<void>
}

export type OpenedStore = { readonly store?: Store; readonly failure?: string }

const embeddedDatabase = 'sluice'

/** Opens the configured store. One that cannot start is told, not thrown: the spool does not need it. */
export async function openStore(options: RecordingOptions, hooks: RecorderHooks): Promise<OpenedStore> {
  try {
    const store = await storeOf(options, hooks)
    return store === undefined ? {} : { store }
  } catch (cause) {
    hooks.storeFailed?.(cause)
    return { failure: cause instanceof Error ? cause.message : String(cause) }
  }
}

async function storeOf(options: RecordingOptions, hooks: RecorderHooks): Promise<Store | undefined> {
  const { store } = options
  switch (store.kind) {
    case 'none':
      return undefined
    case 'clickhouse': {
      const { url, user, password, database, timeoutMs, cluster, replicaPath, readerUser, readerPassword } = store
      const reader = readerUser === undefined ? undefined : { user: readerUser, password: readerPassword }
      const schema = schemaOf(options, { database, replicaPath, isEmbedded: false, ...(cluster && { cluster }) })
      const kind = cluster === undefined ? 'server' : 'cluster'
      return reach({ url, user, password, database, timeoutMs }, reader, kind, schema)
    }
    case 'embedded': {
      const { access, reader, pid, close } = await superviseStore(store, hooks)
      const database = embeddedDatabase
      const schema = schemaOf(options, { database, replicaPath: '', isEmbedded: true })
      const reached = reach({ ...access, database }, reader, 'embedded', schema)
      return { ...reached, reader, pid, close: () => reached.close().then(close) }
    }
  }
}

type Place = Pick<SchemaSettings, 'database' | 'replicaPath' | 'isEmbedded' | 'cluster'>

function schemaOf({ eventDays, resultDays }: RecordingOptions, place: Place): SchemaSettings {
  return { ...place, eventDays, resultDays }
}

function reach(
  access: StoreAccess & { readonly timeoutMs?: number },
  reader: Pick<StoreAccess, 'user' | 'password'> | undefined,
  kind: StoreKind,
  schema: SchemaSettings,
): Store {
  const client = connectStore(access)
  const readClient = reader === undefined ? client : connectStore({ ...access, ...reader })
  const ensureSchema = schemaFirst(() => applySchema(client, schema))
  const sink = clickHouseSink(client, access.database, kind)
  return {
    access,
    client,
    readClient,
    sink: {
      tables: sink.tables,
      insert: batch => ensureSchema().then(() => sink.insert(batch)),
      present: batch => ensureSchema().then(() => sink.present(batch)),
    },
    sessionOwners: () => ensureSchema().then(() => sessionOwners(client, access.database)),
    close: () => Promise.all([client.close(), readClient.close()]).then(() => undefined),
  }
}

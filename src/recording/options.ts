import { z } from 'zod'

const noStore = z.strictObject({
  kind: z.literal('none').describe('Events stay in the spool; nothing can be searched.'),
})

const embeddedStore = z.strictObject({
  kind: z.literal('embedded').describe('chDB, ClickHouse in a child process of this one.'),
  path: z.string().min(1).describe('Directory of the embedded store.'),
  port: z.int().min(0).max(65_535).default(0).describe('Loopback port of its HTTP interface; 0 takes a free one.'),
  password: z.string().min(8).optional().describe('Password of its writer; a random one where absent.'),
  readerPassword: z
    .string()
    .min(8)
    .optional()
    .describe('Password of its reader, who cannot write; random where absent.'),
  maxMemoryBytes: z
    .int()
    .min(256 * 1024 ** 2)
    .default(1536 * 1024 ** 2)
    .describe('Memory that the child may use for queries and merges.'),
  maxQuerySeconds: z.int().min(1).max(3_600).default(60).describe('Longest time that one query may take.'),
})

const serverStore = z.strictObject({
  kind: z.literal('clickhouse').describe('A ClickHouse server or cluster over HTTP.'),
  url: z.url().describe('Address of the HTTP interface.'),
  user: z.string().default('default').describe('User that may create and insert.'),
  password: z.string().default('').describe('Password of that user.'),
  readerUser: z
    .string()
    .min(1)
    .optional()
    .describe('User that questions to the records are read as; the one above where absent.'),
  readerPassword: z.string().default('').describe('Password of the reader.'),
  database: z.string().regex(/^\w+$/).default('sluice').describe('Database that holds the tables.'),
  timeoutMs: z.int().min(1_000).max(600_000).default(30_000).describe('Longest time that one request may take.'),
  cluster: z
    .string()
    .regex(/^[\w-]+$/)
    .optional()
    .describe('Name of the cluster; its presence makes tables replicated and distributed.'),
  replicaPath: z
    .string()
    .regex(/^[\w/{}.-]+$/)
    .default('/clickhouse/tables/{shard}/{database}/{table}')
    .describe('Path of a replicated table in Keeper.'),
})

/** Where events end up. */
export const storeOptions = z.discriminatedUnion('kind', [noStore, embeddedStore, serverStore])
export type StoreOptions = Readonly<z.infer<typeof storeOptions>>
export type EmbeddedOptions = Readonly<z.infer<typeof embeddedStore>>
export type ServerOptions = Readonly<z.infer<typeof serverStore>>

const service = z.strictObject({
  url: z.url().describe('Where it is posted to.'),
  token: z.string().min(1).optional().describe('Bearer token, where the service asks for one.'),
})

const bucket = z.strictObject({
  url: z.url().describe("The bucket behind S3's API, with a prefix where wanted."),
  region: z.string().min(1).default('auto').describe('Region that the signature names.'),
  accessKeyId: z.string().min(1).describe('Id of the access key; for Google Cloud Storage of an HMAC key.'),
  secretAccessKey: z.string().min(1).describe('Its secret.'),
})

const file = z.strictObject({ path: z.string().min(1).describe('Where it is.') })

const webhook = z.strictObject({
  url: z.url().describe('Where notifications are posted to.'),
  secret: z
    .string()
    .regex(/^whsec_[A-Za-z0-9+/]{32,}={0,2}$/)
    .describe('Signs each of them, as Standard Webhooks does: `whsec_` and at least 24 bytes in base64.'),
  token: z.string().min(1).optional().describe('Bearer token, where the service asks for one.'),
  channels: z
    .array(z.string().min(1))
    .min(1)
    .optional()
    .describe('Channels of the obligation `notify` that it gets; all where absent.'),
  giveUpMinutes: z
    .int()
    .min(1)
    .max(10_080)
    .default(60)
    .describe('Age at which a notification that is not taken is put aside.'),
})

const sinkOptions = z.strictObject({
  files: z.array(file).default([]).describe('Directories that get every row as NDJSON, beside the store.'),
  decisionLogs: z.array(service).default([]).describe("Services that take OPA's decision logs."),
  webhooks: z.array(webhook).default([]).describe('Services that are told what policy asks to `notify`.'),
})

const anchorOptions = z.strictObject({
  files: z.array(file).default([]).describe('Files that signed checkpoints are appended to.'),
  urls: z.array(service).default([]).describe('Services that each signed checkpoint is posted to.'),
  buckets: z.array(bucket).default([]).describe('Object stores that each signed checkpoint is put into, once.'),
})

export const recordingOptions = z.strictObject({
  spoolPath: z.string().min(1).describe('Directory that holds events until ClickHouse has them.'),
  spoolMaxBytes: z
    .int()
    .min(64 * 1024)
    .default(4 * 1024 ** 3)
    .describe('Size at which the spool takes no new request; running ones may still be closed.'),
  segmentMaxBytes: z
    .int()
    .min(4 * 1024)
    .default(16 * 1024 ** 2)
    .describe('Size at which a new segment begins.'),
  signingKeyPath: z
    .string()
    .min(1)
    .optional()
    .describe('PEM file of the Ed25519 key that signs checkpoints; by default one that is made in the spool.'),
  checkpointMinutes: z
    .int()
    .min(1)
    .max(1_440)
    .default(10)
    .describe('Longest time that an event is without a signed checkpoint.'),
  tenant: z.string().default('default').describe('Written on every row; first in the order of every table.'),
  store: storeOptions,
  sinks: sinkOptions.prefault({}).describe('Where else records go.'),
  anchors: anchorOptions.prefault({}).describe('Where checkpoints are kept out of reach.'),
  flushIntervalMs: z.int().min(10).max(60_000).default(500).describe('Longest wait before a batch is sent.'),
  batchRows: z.int().min(1).max(100_000).default(10_000).describe('Rows of one batch.'),
  sessionIdleMinutes: z.int().min(1).max(10_080).default(30).describe('Silence after which a visit is over.'),
  resultMaxRows: z
    .int()
    .min(0)
    .max(1_000_000)
    .default(1_000)
    .describe('Most rows of one delivered page that are kept; policy may keep fewer.'),
  resultMaxBytes: z
    .int()
    .min(0)
    .max(16 * 1024 ** 2)
    .default(1024 ** 2)
    .describe('Most bytes of one delivered page that are kept; policy may keep fewer.'),
  // ClickHouse counts the end of a row's life in 32 bits of seconds; beyond the year 2106 it would be in the past.
  eventDays: z.int().min(1).max(20_000).default(400).describe('Days that events are kept in ClickHouse.'),
  resultDays: z.int().min(1).max(20_000).default(30).describe('Days that delivered rows are kept in ClickHouse.'),
})
export type RecordingOptions = Readonly<z.infer<typeof recordingOptions>>

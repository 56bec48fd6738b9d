/** What the tables look like depends on where they live. */
export type SchemaSettings = {
  readonly database: string
  /** Present on a cluster: tables become replicated, each with a distributed one in front. */
  readonly cluster?: string
  readonly replicaPath: string
  /** The embedded store loses rows with the power unless each part is synced. */
  readonly isEmbedded: boolean
  readonly eventDays: number
  readonly resultDays: number
}

/** Of a part with a file for each column most of the time goes into making and syncing the files; only large ones have them. */
const embeddedSettings = `fsync_after_insert = 1, fsync_part_directory = 1, min_bytes_for_wide_part = ${128 * 1024 ** 2}`

type Fill = (settings: SchemaSettings, argument: string) => string

/** The marks that the SQL files may hold, and what each becomes. */
const marks: Readonly<Record<string, Fill>> = {
  database: ({ database }) => database,
  on_cluster: ({ cluster }) => (cluster === undefined ? '' : `ON CLUSTER '${cluster}'`),
  stored: ({ database, cluster }, table) => `${database}.${table}${cluster === undefined ? '' : '_local'}`,
  engine: ({ cluster, replicaPath }, engine) =>
    cluster === undefined ? engine : `Replicated${engine}('${replicaPath}', '{replica}')`,
  settings: ({ isEmbedded }) => (isEmbedded ? `, ${embeddedSettings}` : ''),
  event_days: ({ eventDays }) => String(eventDays),
  result_days: ({ resultDays }) => String(resultDays),
  // Rows of one session stay on one shard, so that a timeline is read from one.
  distributed: (settings, table) => distributedTable(settings, table, 'session_id'),
  distributed_by: (settings, argument) => {
    const [key = '', table = ''] = argument.split(' ')
    return distributedTable(settings, table, key)
  },
  distributed_column: ({ database, cluster }, argument) => {
    const [table, ...column] = argument.split(' ')
    if (cluster === undefined) return ''
    return `ALTER TABLE ${database}.${table} ON CLUSTER '${cluster}' ADD COLUMN IF NOT EXISTS ${column.join(' ')}`
  },
}

/** The statements of one file of `tables/`, for one kind of store. */
export function renderSchema(text: string, settings: SchemaSettings): readonly string[] {
  const filled = text.replaceAll(/<<(\w+)(?: ([^>]*))?>>/g, (_, mark: string, argument: string | undefined) => {
    const fill = marks[mark]
    if (fill === undefined) throw new Error(`unknown mark <<${mark}>> in the schema`)
    return fill(settings, argument ?? '')
  })
  return filled
    .split(/;\s*\n/)
    .map(statement => statement.replaceAll(/^ *--.*\n/gm, '').trim())
    .filter(statement => statement !== '')
}

function distributedTable({ database, cluster }: SchemaSettings, table: string, key: string): string {
  if (cluster === undefined) return ''
  const local = `${table}_local`
  return (
    `CREATE TABLE IF NOT EXISTS ${database}.${table} ON CLUSTER '${cluster}' AS ${database}.${local}\n` +
    `ENGINE = Distributed('${cluster}', '${database}', '${local}', cityHash64(${key}))`
  )
}

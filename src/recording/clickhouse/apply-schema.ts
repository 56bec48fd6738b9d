import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import type { ClickHouseClient } from '@clickhouse/client'
import { renderSchema, type SchemaSettings } from './render-schema.ts'

const tablesUrl = new URL('../tables/', import.meta.url)

type SchemaFile = { readonly version: number; readonly name: string; readonly text: string; readonly checksum: string }

/** Brings the store's tables up to date: files in order, each once, each as it was when it was first applied. */
export async function applySchema(client: ClickHouseClient, settings: SchemaSettings): Promise<void> {
  const files = await schemaFiles()
  await client.command({ query: render(`CREATE DATABASE IF NOT EXISTS <<database>> <<on_cluster>>`, settings) })
  await client.command({ query: render(versionTable, settings) })
  const applied = await appliedChecksums(client, settings)
  for (const file of files) {
    const before = applied.get(file.version)
    if (before === file.checksum) continue
    if (before !== undefined) throw new Error(`${file.name} was changed after the store applied it`)
    for (const query of renderSchema(file.text, settings)) await client.command({ query })
    await client.insert({
      table: `${settings.database}.schema_versions`,
      format: 'JSONEachRow',
      values: [{ version: file.version, name: file.name, checksum: file.checksum }],
    })
  }
}

const versionTable = `
CREATE TABLE IF NOT EXISTS <<database>>.schema_versions <<on_cluster>> (
  version UInt32, name String, checksum String, applied_at DateTime64(3, 'UTC') DEFAULT now64(3)
) ENGINE = <<engine MergeTree>> ORDER BY version SETTINGS index_granularity = 8192<<settings>>`

function render(text: string, settings: SchemaSettings): string {
  return renderSchema(text, settings).join('')
}

export async function schemaFiles(): Promise<readonly SchemaFile[]> {
  const names = (await readdir(tablesUrl)).filter(name => /^\d{4}-[\w-]+\.sql$/.test(name)).sort()
  return Promise.all(
    names.map(async name => {
      const text = await readFile(new URL(name, tablesUrl), 'utf8')
      const checksum = createHash('sha256').update(text).digest('hex')
      return { version: Number(name.slice(0, 4)), name, text, checksum }
    }),
  )
}

async function appliedChecksums(client: ClickHouseClient, { database }: SchemaSettings) {
  const answer = await client.query({
    query: `SELECT version, checksum FROM ${database}.schema_versions`,
    format: 'JSONEachRow',
  })
  const rows = await answer.json<{ version: number; checksum: string }>()
  return new Map(rows.map(({ version, checksum }) => [version, checksum]))
}

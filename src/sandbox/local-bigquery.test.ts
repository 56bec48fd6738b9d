import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { localBigQueryCommand } from '../tools/local-bigquery.ts'
import { startLocalBigQuery } from './local-bigquery.ts'
import { loadWorld } from './world.ts'

const world = join(import.meta.dirname, '../../test/corpus/attacks/fixture_world.json')
const project = 'acme-prod'
let dir = ''

beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'sluice-bigquery-'))
})
afterAll(() => rm(dir, { recursive: true, force: true }))

async function rows(url: string, query: string): Promise<unknown> {
  const response = await fetch(`${url}/bigquery/v2/projects/${project}/queries`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query, useLegacySql: false, formatOptions: { useInt64Timestamp: true } }),
  })
  return ((await response.json()) as { rows: unknown }).rows
}

const cells = (...values: unknown[]) => ({ f: values.map(v => ({ v })) })

describe('the small world', () => {
  test('is made with exact types, and a second start on the same folder finds it', async () => {
    const first = await startLocalBigQuery({ ...localBigQueryCommand(), dir, project })
    const made = await loadWorld(first.url, world)
    expect(made).toMatchObject({ project, location: 'US' })
    expect(made.made).toHaveLength(7)
    await first.stop()

    const second = await startLocalBigQuery({ ...localBigQueryCommand(), dir, project })
    expect((await loadWorld(second.url, world)).made).toEqual([])
    expect(await rows(second.url, 'SELECT amount, ts FROM crm.orders WHERE id = 102')).toEqual([
      cells('7777.77', '1704153600000000'),
    ])
    expect(await rows(second.url, 'SELECT addresses[0].city, profile.birth FROM crm.v_users WHERE id = 3')).toEqual([
      cells('Berlin', '1990-01-03'),
    ])
    await second.stop()
  })

  test('fills a table that a start which was cut short left empty', async () => {
    const server = await startLocalBigQuery({ ...localBigQueryCommand(), dir: join(dir, 'cut'), project })
    await rows(server.url, 'CREATE SCHEMA public_data')
    await rows(server.url, 'CREATE TABLE public_data.cities (name STRING, country STRING, population INT64)')
    expect((await loadWorld(server.url, world)).made).toContain('public_data.cities')
    expect(await rows(server.url, 'SELECT COUNT(*) FROM public_data.cities')).toEqual([cells('2')])
    await server.stop()
  })
})

describe('the child process', () => {
  test('dies with its parent, however that dies', async () => {
    const parent = spawn(process.execPath, ['--import', 'tsx', await parentScript()], {
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    const [line] = (await once(createInterface({ input: parent.stdout }), 'line')) as [string]
    const pid = Number(line)
    expect(isAlive(pid)).toBe(true)
    parent.kill('SIGKILL')
    await expect.poll(() => isAlive(pid), { timeout: 10_000 }).toBe(false)
  })

  test('that cannot start says why and where its output is', async () => {
    const python = localBigQueryCommand().executable
    const started = startLocalBigQuery({ executable: `${python}-absent`, home: dir, dir: join(dir, 'bad'), project })
    await expect(started).rejects.toThrow(/did not start: it ended with code 1.*local-bigquery\.log.*No such file/s)
    expect(await readFile(join(dir, 'bad/local-bigquery.log'), 'utf8')).toContain('No such file')
  })
})

async function parentScript(): Promise<string> {
  const path = join(dir, 'parent.ts')
  const options = JSON.stringify({ ...localBigQueryCommand(), dir: join(dir, 'orphan'), project })
  await writeFile(
    path,
    `import { startLocalBigQuery } from ${JSON.stringify(join(import.meta.dirname, 'local-bigquery.ts'))}
startLocalBigQuery(${options}).then(({ pid }) => console.log(pid))
`,
  )
  return path
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}

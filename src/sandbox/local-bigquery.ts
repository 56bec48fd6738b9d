import { mkdir } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { startChild } from './child-process.ts'

export type LocalBigQueryOptions = {
  /** The `local-bigquery` program of a Python environment. */
  readonly executable: string
  /** The HOME in which DuckDB finds its extensions. */
  readonly home: string
  /** Keeps the tables and the log; a second start on it goes on where the first ended. */
  readonly dir: string
  readonly project: string
  /** Any free one by default. */
  readonly port?: number
}

export type LocalBigQuery = {
  /** For `warehouse.apiEndpoint`. */
  readonly url: string
  readonly pid: number
  readonly stop: () => Promise<void>
}

const startTimeoutMs = 60_000
const readyLine = /Uvicorn running on (http:\/\/[\d.]+:\d+)/

/** Runs the program, and ends it at the end of its input: our death must be its own. */
const runWithParent = `
import os, runpy, signal, sys, threading
def leave():
    while os.read(0, 1): pass
    os.kill(os.getpid(), signal.SIGTERM)
threading.Thread(target=leave, daemon=True).start()
sys.argv = sys.argv[1:]
runpy.run_path(sys.argv[0], run_name='__main__')
`

/** BigQuery's REST API on DuckDB, in a child process that has answered one query before this returns. */
export async function startLocalBigQuery(options: LocalBigQueryOptions): Promise<LocalBigQuery> {
  const tables = join(options.dir, 'tables')
  await mkdir(tables, { recursive: true })
  const ports = ['--host', '127.0.0.1', '--port', String(options.port ?? 0), '--grpc-port', '0']
  const serve = ['serve', ...ports, '--project', options.project, '--data-dir', tables]
  const child = await startChild({
    command: join(dirname(options.executable), 'python'),
    args: ['-u', '-c', runWithParent, options.executable, ...serve],
    env: { HOME: options.home },
    logPath: join(options.dir, 'local-bigquery.log'),
    readyIn: line => readyLine.exec(line)?.[1],
    startTimeoutMs,
  })
  try {
    await checkQuery(child.ready, options.project)
  } catch (thrown) {
    await child.stop()
    throw thrown
  }
  return { url: child.ready, pid: child.pid, stop: child.stop }
}

/** A missing extension shows only in the first query; later ones report something else. */
async function checkQuery(url: string, project: string): Promise<void> {
  const response = await fetch(`${url}/bigquery/v2/projects/${project}/queries`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query: 'SELECT 1', useLegacySql: false }),
    signal: AbortSignal.timeout(startTimeoutMs),
  })
  if (!response.ok) throw new Error(`local-bigquery cannot run a query: ${await response.text()}`)
}

import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client'
import { startChild } from '../../src/sandbox/child-process.ts'
import { freePort } from '../../src/sandbox/free-port.ts'
import { runCommand } from '../../src/tools/run-command.ts'
import { makeToolFolder } from '../../src/tools/tool-cache.ts'
import type { Check } from './python-tools.ts'
import type { SandboxUnderTest } from './sandbox-under-test.ts'

const version = '1.12.0'
const fetchTimeoutMs = 600_000
const startTimeoutMs = 60_000
const secrets = /canary\.example|900-\d\d-\d{4}/

/** A source that passes the token of whoever asks on to Sluice, and three of the tools that Toolbox has for BigQuery. */
function configuration(url: string): string {
  const source = { kind: 'source', name: 'sluice', type: 'bigquery', project: 'acme-prod', location: 'US' }
  const tool = (name: string, type: string) => ({ kind: 'tool', name, type, source: 'sluice', description: name })
  const documents = [
    { ...source, useClientOAuth: 'true', apiEndpoint: url },
    tool('execute_sql', 'bigquery-execute-sql'),
    tool('list_datasets', 'bigquery-list-dataset-ids'),
    tool('table_info', 'bigquery-get-table-info'),
  ]
  return documents.map(document => JSON.stringify(document)).join('\n---\n')
}

/** What each tool is asked, and what must be in its answer; none of them may say a secret. */
const asked: readonly (readonly [check: string, tool: string, args: Record<string, unknown>, said: RegExp])[] = [
  ['masked columns', 'execute_sql', { sql: 'SELECT id, email, ssn FROM crm.users ORDER BY id' }, /REDACTED/],
  ['filtered rows', 'execute_sql', { sql: 'SELECT COUNT(*) AS orders FROM crm.orders' }, /orders\\*":2/],
  ['denial', 'execute_sql', { sql: 'SELECT * FROM hr.salaries' }, /Access Denied by policy.*Datasets you may read/],
  ['mistake', 'execute_sql', { sql: 'SELEC 1' }, /could not be parsed/],
  ['datasets', 'list_datasets', {}, /crm.*public_data/],
  ['table', 'table_info', { dataset: 'crm', table: 'orders' }, /"region/],
  ['closed table', 'table_info', { dataset: 'hr', table: 'salaries' }, /Access Denied by policy/],
]

/** Runs Google's MCP Toolbox for Databases in front of a gateway, as alice. */
export async function checkToolbox({ restUrl, tokens }: SandboxUnderTest): Promise<readonly Check[]> {
  const executable = await toolboxExecutable()
  const folder = await mkdtemp(join(tmpdir(), 'sluice-toolbox-'))
  const config = join(folder, 'tools.yaml')
  await writeFile(config, configuration(restUrl))
  const port = await freePort([])
  const server = await startChild({
    command: executable,
    args: ['--config', config, '--port', String(port), '--disable-version-check'],
    env: {},
    logPath: join(folder, 'toolbox.log'),
    readyIn: line => (line.includes('ready to serve') ? `http://127.0.0.1:${port}/mcp` : undefined),
    startTimeoutMs,
  })
  try {
    return await askAll(server.ready, tokens.alice)
  } finally {
    await server.stop()
    await rm(folder, { recursive: true, force: true })
  }
}

async function toolboxExecutable(): Promise<string> {
  const folder = await makeToolFolder('mcp-toolbox', version, async into => {
    const words = ['install', '--prefix', into, '--no-audit', '--no-fund', `@toolbox-sdk/server@${version}`]
    const { code, stderr } = await runCommand('npm', words, { timeoutMs: fetchTimeoutMs })
    if (code !== 0) throw new Error(`MCP Toolbox cannot be had: ${stderr.slice(-1_000)}`)
  })
  // Not the script of the package, which would leave the program behind when it is ended.
  return join(folder, 'node_modules/@toolbox-sdk', `server-${process.platform}-${process.arch}`, 'bin/toolbox')
}

async function askAll(url: string, token: string): Promise<readonly Check[]> {
  const client = new Client({ name: 'sluice-measure', version: '1.0.0' })
  const requestInit = { headers: { authorization: `Bearer ${token}` } }
  await client.connect(new StreamableHTTPClientTransport(new URL(url), { requestInit }))
  try {
    const checks: Check[] = []
    for (const [check, name, args, said] of asked) {
      const began = Date.now()
      const answer = await client.callTool({ name, arguments: args }).then(JSON.stringify, String)
      checks.push({ check, ms: Date.now() - began, failure: faultOf(answer, said) })
    }
    return checks
  } finally {
    await client.close()
  }
}

function faultOf(answer: string, said: RegExp): string | null {
  if (secrets.test(answer)) return `it shows a secret: ${answer.slice(-500)}`
  return said.test(answer) ? null : answer.slice(0, 500)
}

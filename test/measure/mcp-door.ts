import { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client'
import type { Answer } from './judge.ts'
import type { JsonCell } from './render-rows.ts'

export type McpAnswer = Answer & {
  readonly columns: readonly { readonly name: string; readonly type: string }[]
  readonly rows: readonly (readonly JsonCell[])[]
  readonly code?: string
}

export type McpDoor = {
  readonly executeSql: (args: Readonly<Record<string, unknown>>) => Promise<McpAnswer>
  readonly close: () => Promise<void>
}

type SqlContent = {
  columns?: { name: string; type: string }[]
  rows?: JsonCell[][]
  error?: { code?: string }
}

/** The MCP endpoint as an agent uses it, through the official client. */
export async function openMcpDoor(url: string, token: string): Promise<McpDoor> {
  const client = new Client({ name: 'sluice-measure', version: '1.0.0' })
  const requestInit = { headers: { authorization: `Bearer ${token}` } }
  await client.connect(new StreamableHTTPClientTransport(new URL(url), { requestInit }))
  return {
    executeSql: async args => toAnswer(await callTool(client, args)),
    close: () => client.close(),
  }
}

async function callTool(client: Client, args: Readonly<Record<string, unknown>>): Promise<unknown> {
  try {
    return await client.callTool({ name: 'execute_sql', arguments: { ...args } }, { timeout: 60_000 })
  } catch (thrown) {
    return { isError: true, content: [{ type: 'text', text: String(thrown) }] }
  }
}

function toAnswer(result: unknown): McpAnswer {
  const { isError, structuredContent } = result as { isError?: boolean; structuredContent?: SqlContent }
  const code = structuredContent?.error?.code
  return {
    state: isError === true ? 'refused' : 'answered',
    visible: JSON.stringify(result),
    columns: structuredContent?.columns ?? [],
    rows: structuredContent?.rows ?? [],
    ...(code === undefined ? {} : { code }),
  }
}

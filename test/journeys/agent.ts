import { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client'

export type ToolError = {
  readonly code: string
  readonly message: string
  readonly next: string
  readonly reasons: readonly { readonly message: string; readonly table?: string }[]
}

/** What an agent sees of one call. */
export type Seen = {
  readonly error?: ToolError
  readonly columns?: readonly { readonly name: string; readonly type: string }[]
  readonly rows?: readonly (readonly unknown[])[]
  readonly affected_rows?: number
  readonly next_page_token?: string
  readonly notices?: readonly { readonly kind: string; readonly message: string }[]
  readonly tables?: readonly { readonly id: string }[]
}

export type Agent = {
  readonly ask: (query: string) => Promise<Seen>
  readonly call: (tool: string, args: Readonly<Record<string, unknown>>) => Promise<Seen>
  readonly close: () => Promise<void>
}

/** An agent that visits through the official client. */
export async function visit(mcpUrl: string, token: string | undefined, sessionKey?: string): Promise<Agent> {
  const client = new Client({ name: 'journey', version: '1.0.0' })
  const headers = {
    authorization: `Bearer ${token ?? ''}`,
    ...(sessionKey === undefined ? {} : { 'sluice-session': sessionKey }),
  }
  await client.connect(new StreamableHTTPClientTransport(new URL(mcpUrl), { requestInit: { headers } }))
  const call = async (tool: string, args: Readonly<Record<string, unknown>>) => {
    const result = await client.callTool({ name: tool, arguments: { ...args } }, { timeout: 30_000 })
    return (result.structuredContent ?? {}) as Seen
  }
  return { call, ask: query => call('execute_sql', { query }), close: () => client.close() }
}

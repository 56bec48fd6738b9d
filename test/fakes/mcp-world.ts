import { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client'
import { mountMcp } from '../../src/protocol/mcp/mount.ts'
import { mcpOptions } from '../../src/protocol/mcp/options.ts'
import { type DoorScript, type DoorWorld, openDoorWorld } from './door-world.ts'

export type McpWorld = DoorWorld

export function openMcpWorld({ mcp = {}, ...script }: DoorScript & { readonly mcp?: object } = {}): Promise<McpWorld> {
  return openDoorWorld(script, (app, publicUrl, { issuer, ...parts }) => {
    const options = mcpOptions.parse({ authorizationServers: [issuer], ...mcp })
    mountMcp(app, publicUrl, { ...parts, options, nameKey: 'a key of tests', version: '1.2.3' })
  })
}

/** The official client: `legacy` starts with initialize, `auto` asks for the newest protocol first. */
export async function connectMcp(
  world: McpWorld,
  mode: 'legacy' | 'auto',
  token: string,
  headers = {},
): Promise<Client> {
  const client = new Client({ name: 'journey', version: '9.9' }, { versionNegotiation: { mode } })
  const requestInit = { headers: { authorization: `Bearer ${token}`, ...headers } }
  await client.connect(new StreamableHTTPClientTransport(new URL('/mcp', world.url), { requestInit }))
  return client
}

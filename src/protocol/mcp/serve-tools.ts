import { ProtocolError, ProtocolErrorCode, Server, type ServerContext } from '@modelcontextprotocol/server'
import type { OnProgress } from '../../gateway/ports.ts'
import { asFailure } from '../../model/failure.ts'
import { softwareOfCall } from './client-software.ts'
import type { Caller, Desk } from './desk.ts'
import type { ToolVisit } from './tool.ts'
import { errorOfFailure, errorOfRefusal, type ToolError } from './tool-error.ts'
import { toolNamed, tools } from './tools.ts'

const instructions =
  'Sluice stands between you and BigQuery. Look around with list_datasets, list_tables and describe_table, then run ' +
  'GoogleSQL with execute_sql. Policy may mask, filter or deny; answers and errors say what it did and what to change.'

const listTtlMs = 300_000

/** A server for one HTTP request of one caller. Its schemas are made once, with the module. */
export function serveTools(caller: Caller, desk: Desk): Server {
  const cacheHint = { ttlMs: listTtlMs, cacheScope: 'private' } as const
  const server = new Server(
    { name: 'sluice', title: 'Sluice', version: desk.version },
    {
      capabilities: { tools: {} },
      instructions,
      cacheHints: { 'tools/list': cacheHint, 'server/discover': cacheHint },
    },
  )
  const _meta = { 'anthropic/maxResultSizeChars': desk.options.maxResultChars * 2 }
  server.setRequestHandler('tools/list', () => ({ tools: tools.map(({ listing }) => ({ ...listing, _meta })) }))
  server.setRequestHandler('tools/call', ({ params }, context) => callTool(params, context, caller, desk))
  return server
}

type CallParams = { readonly name: string; readonly arguments?: unknown }

async function callTool(params: CallParams, context: ServerContext, caller: Caller, desk: Desk) {
  const tool = toolNamed(params.name)
  if (tool === undefined) throw new ProtocolError(ProtocolErrorCode.InvalidParams, 'There is no tool of that name.')
  try {
    const answer = await tool.call(params.arguments, openVisit(params.name, context, caller, desk))
    return answer.state === 'answered' ? result(answer.output) : errorResult(errorOfRefusal(answer))
  } catch (thrown) {
    const failure = asFailure(thrown)
    desk.report(failure, params.name)
    return errorResult(errorOfFailure(failure))
  }
}

function openVisit(action: string, { mcpReq }: ServerContext, caller: Caller, desk: Desk): ToolVisit {
  const client = softwareOfCall(caller, mcpReq.envelope, mcpReq._meta)
  const signal = AbortSignal.any([mcpReq.signal, caller.signal])
  return {
    request: { credential: caller.credential, client, action, signal },
    principal: caller.principal,
    onProgress: progressTo(mcpReq),
    desk,
  }
}

/** Signs of life for clients that asked for them; the figure is seconds since the job began. */
function progressTo(mcpReq: ServerContext['mcpReq']): OnProgress | undefined {
  const progressToken = mcpReq._meta?.progressToken
  if (progressToken === undefined) return undefined
  let last = 0
  return elapsedMs => {
    last = Math.max(last + 0.001, elapsedMs / 1_000)
    const params = { progressToken, progress: last, message: 'The query is running.' }
    // Whoever no longer listens has closed the connection, and that cancels the job by itself.
    mcpReq.notify({ method: 'notifications/progress', params }).catch(() => {})
  }
}

/** Clients show their model either the text or the structured content, so both say the same. */
function result(structuredContent: Readonly<Record<string, unknown>>) {
  return { content: [{ type: 'text' as const, text: JSON.stringify(structuredContent) }], structuredContent }
}

function errorResult(error: ToolError) {
  return { ...result({ error }), isError: true }
}

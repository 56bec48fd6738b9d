import { rm } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { z } from 'zod'
import { stateFileName } from '../cli/state-file.ts'
import type { Sandbox } from './sandbox.ts'
import { writePrivate } from './settings.ts'

/** What `--ready-file` holds once the sandbox serves. */
export const readyFile = z.object({
  mcp_url: z.url(),
  rest_url: z.url(),
  operations_url: z.url(),
  storage_endpoint: z.string().optional(),
  issuer: z.url(),
  tokens: z.record(z.string(), z.string()),
  state: z.string(),
  pid: z.int(),
  store_pid: z.int().optional(),
})
export type ReadyFile = Readonly<z.infer<typeof readyFile>>

export function readyFacts(sandbox: Sandbox, statePath: string): ReadyFile {
  const { mcpUrl, restUrl, operationsUrl, storageEndpoint, issuerUrl, tokens, store } = sandbox
  const storePid = store?.pid?.()
  return {
    ...{ mcp_url: mcpUrl, rest_url: restUrl, operations_url: operationsUrl, issuer: issuerUrl },
    ...{ storage_endpoint: storageEndpoint, tokens, state: resolve(statePath), pid: process.pid },
    ...(storePid === undefined ? {} : { store_pid: storePid }),
  }
}

/** Leaves in the state directory what commands on this machine need: reading only, and only while the sandbox runs. */
export async function announce(sandbox: Sandbox, statePath: string, readyPath: string | undefined): Promise<void> {
  const { store, mcpUrl, restUrl, issuerUrl } = sandbox
  const { user, password } = store?.reader ?? {}
  const records = {
    ...{ clickhouse_url: store?.access.url, clickhouse_database: store?.access.database },
    ...{ clickhouse_user: user ?? store?.access.user, clickhouse_password: password ?? store?.access.password },
  }
  const gateway = { mcp_url: mcpUrl, rest_url: restUrl, issuer: issuerUrl, pid: process.pid }
  await writePrivate(join(statePath, stateFileName), { ...gateway, ...records })
  if (readyPath !== undefined) await writePrivate(readyPath, readyFacts(sandbox, statePath))
}

/** The same files gone, so that nobody takes a sandbox that ended for one that runs. */
export async function retract(statePath: string, readyPath: string | undefined): Promise<void> {
  await rm(join(statePath, stateFileName), { force: true })
  if (readyPath !== undefined) await rm(readyPath, { force: true })
}

import { BigQuery } from '@google-cloud/bigquery'
import { GoogleAuth, Impersonated, PassThroughClient } from 'google-auth-library'
import { Failure } from '../model/failure.ts'
import type { WarehouseOptions } from './options.ts'

const bigQueryScope = 'https://www.googleapis.com/auth/bigquery'
const googleScope = 'https://www.googleapis.com/auth/cloud-platform'

/** The headers that say who Sluice is to BigQuery, fresh for each request. */
export type AuthHeaders = () => Promise<Readonly<Record<string, string>>>

export async function openAuthHeaders(options: WarehouseOptions): Promise<AuthHeaders> {
  const authClient = await openAuthClient(options)
  const { project: projectId, location } = options
  const bigquery = new BigQuery({ projectId, location, ...(authClient === undefined ? {} : { authClient }) })
  return async () => {
    try {
      return Object.fromEntries(await bigquery.authClient.getRequestHeaders())
    } catch (cause) {
      throw new Failure(isRefusal(cause) ? 'warehouse_access_denied' : 'warehouse_unavailable', {}, { cause })
    }
  }
}

async function openAuthClient({ credentials }: WarehouseOptions) {
  switch (credentials.kind) {
    case 'adc':
      return undefined
    case 'none':
      return new PassThroughClient()
    case 'impersonation': {
      const sourceClient = await new GoogleAuth({ scopes: [googleScope] }).getClient()
      const { targetPrincipal, lifetimeSeconds: lifetime } = credentials
      return new Impersonated({ sourceClient, targetPrincipal, lifetime, targetScopes: [bigQueryScope], delegates: [] })
    }
  }
}

/** Whoever gives out tokens answered, and the answer was no. */
function isRefusal(cause: unknown): boolean {
  const status = (cause as { status?: unknown } | undefined)?.status
  return typeof status === 'number' && status >= 400 && status < 500
}

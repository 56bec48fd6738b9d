import { GoogleAuth, Impersonated } from 'google-auth-library'
import { Failure } from '../model/failure.ts'
import type { WarehouseOptions } from './options.ts'

const bigQueryScope = 'https://www.googleapis.com/auth/bigquery'
const googleScope = 'https://www.googleapis.com/auth/cloud-platform'

/** The headers that say who Sluice is to BigQuery, fresh for each request. */
export type AuthHeaders = () => Promise<Readonly<Record<string, string>>>

type AuthClient = { readonly getRequestHeaders: () => Promise<Headers> }

export async function openAuthHeaders(options: WarehouseOptions): Promise<AuthHeaders> {
  const client = await openAuthClient(options)
  if (client === undefined) return async () => ({})
  return async () => {
    try {
      return Object.fromEntries(await client.getRequestHeaders())
    } catch (cause) {
      throw new Failure(isRefusal(cause) ? 'warehouse_access_denied' : 'warehouse_unavailable', {}, { cause })
    }
  }
}

async function openAuthClient({ credentials }: WarehouseOptions): Promise<AuthClient | undefined> {
  switch (credentials.kind) {
    case 'adc':
      return new GoogleAuth({ scopes: [bigQueryScope] })
    case 'none':
      return undefined
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

import { getOAuthProtectedResourceMetadataUrl } from '@modelcontextprotocol/server'

export const mcpPath = '/mcp'

/** RFC 9728: what this gateway is as a protected resource, and who issues tokens for it. From configuration only. */
export function resourceMetadata(
  publicUrl: URL,
  authorizationServers: readonly string[],
  scopes: readonly string[],
): object {
  return {
    resource: new URL(mcpPath, publicUrl).href,
    authorization_servers: authorizationServers,
    bearer_methods_supported: ['header'],
    resource_name: 'Sluice',
    ...(scopes.length === 0 ? {} : { scopes_supported: scopes }),
  }
}

/** The `WWW-Authenticate` header that tells a client where to get a token. */
export function challenge(publicUrl: URL, scopes: readonly string[], hadToken: boolean): string {
  const parts = [
    ...(hadToken ? ['error="invalid_token"', 'error_description="The credential was not accepted."'] : []),
    ...(scopes.length === 0 ? [] : [`scope="${scopes.join(' ')}"`]),
    `resource_metadata="${getOAuthProtectedResourceMetadataUrl(new URL(mcpPath, publicUrl))}"`,
  ]
  return `Bearer ${parts.join(', ')}`
}

/** Which door a request came through. */
export const protocols = ['mcp', 'rest', 'console', 'grpc'] as const
export type Protocol = (typeof protocols)[number]

/** What the client says of itself; self-reported, so never grounds for an allow. */
export type ClientSoftware = {
  readonly protocol: Protocol
  readonly name: string
  readonly version: string
  readonly ip: string
  readonly userAgent: string
  /** The client's id of this tool use, e.g. `toolu_…`; correlates, never authorizes. */
  readonly toolUseId?: string
  readonly traceparent?: string
  readonly model?: string
  /** An explicit session key (`Sluice-Session`, an MCP or BigQuery session id). */
  readonly sessionKey?: string
}

/** Where an event belongs. */
export type Origin = {
  readonly sessionId: string
  readonly requestId: string
  readonly client: ClientSoftware
  readonly purpose?: string
}

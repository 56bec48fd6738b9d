import { least } from '../base/least.ts'
import type { Limits } from '../model/decision.ts'
import type { GatewaySettings } from './ports.ts'

/** The tighter of each limit that the policy and the client set; a query always has a time limit. */
export function tightest(
  policy: Limits,
  client: Pick<Limits, 'maximumBytesBilled' | 'timeoutMs'> | undefined,
  settings: Pick<GatewaySettings, 'defaultTimeoutMs'>,
): Limits {
  const maximumBytesBilled = least(policy.maximumBytesBilled, client?.maximumBytesBilled)
  const timeoutMs = least(policy.timeoutMs, client?.timeoutMs, settings.defaultTimeoutMs)
  return {
    ...(policy.maxRows === undefined ? {} : { maxRows: policy.maxRows }),
    ...(maximumBytesBilled === undefined ? {} : { maximumBytesBilled }),
    ...(timeoutMs === undefined ? {} : { timeoutMs }),
  }
}

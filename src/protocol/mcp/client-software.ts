import { CLIENT_INFO_META_KEY } from '@modelcontextprotocol/server'
import { z } from 'zod'
import type { ClientSoftware } from '../../model/origin.ts'
import { bounded, plainId, sessionKeyOf, traceparentOf } from '../client-software.ts'
import type { Caller } from './desk.ts'

type CallMeta = Readonly<Record<string, unknown>> | undefined

/** Where a request of the newer protocol names its sender. */
const envelopeSchema = z.looseObject({
  [CLIENT_INFO_META_KEY]: z.looseObject({ name: z.string(), version: z.string() }),
})

/** What the head of a request tells of its sender's software, with what one call tells beside it. */
export function softwareOfCall(caller: Caller, envelope: object | undefined, meta: CallMeta): ClientSoftware {
  const named = envelopeSchema.safeParse(envelope).data?.[CLIENT_INFO_META_KEY]
  const toolUseId = plainId(meta?.['claudecode/toolUseId'])
  const traceparent = traceparentOf(meta?.['traceparent']) ?? caller.traceparent
  const sessionKey = caller.software.sessionKey ?? sessionKeyOf(meta?.['sluice/session'])
  return {
    ...caller.software,
    protocol: 'mcp',
    ...(named === undefined ? {} : { name: bounded(named.name), version: bounded(named.version) }),
    ...(toolUseId === undefined ? {} : { toolUseId }),
    ...(traceparent === undefined ? {} : { traceparent }),
    ...(sessionKey === undefined ? {} : { sessionKey }),
  }
}

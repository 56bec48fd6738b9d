import type { IncomingHttpHeaders } from 'node:http'
import { CLIENT_INFO_META_KEY } from '@modelcontextprotocol/server'
import { z } from 'zod'
import { Failure } from '../../model/failure.ts'
import type { ClientSoftware } from '../../model/origin.ts'
import type { Caller } from './desk.ts'

const maxLength = 256
const printable = /^[\x21-\x7e]+$/
const traceparentForm = /^[0-9a-f]{2}-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}$/

/** What the head of a request tells of its sender's software. All of it is self-reported. */
export function softwareFrom(headers: IncomingHttpHeaders, ip: string): Pick<Caller, 'software' | 'traceparent'> {
  const userAgent = bounded(headers['user-agent'] ?? '')
  const product = /^([^/\s]+)(?:\/(\S+))?/.exec(userAgent)
  const sessionKey = sessionKeyOf(headers['sluice-session'] ?? headers['mcp-session-id'])
  return {
    software: {
      ...{ name: product?.[1] ?? 'unknown', version: product?.[2] ?? '', ip, userAgent },
      ...(sessionKey === undefined ? {} : { sessionKey }),
    },
    traceparent: traceparentOf(headers['traceparent']),
  }
}

type CallMeta = Readonly<Record<string, unknown>> | undefined

/** Where a request of the newer protocol names its sender. */
const envelopeSchema = z.looseObject({
  [CLIENT_INFO_META_KEY]: z.looseObject({ name: z.string(), version: z.string() }),
})

/** The same, with what one call tells beside it. */
export function softwareOfCall(caller: Caller, envelope: object | undefined, meta: CallMeta): ClientSoftware {
  const named = envelopeSchema.safeParse(envelope).data?.[CLIENT_INFO_META_KEY]
  const toolUseId = meta?.['claudecode/toolUseId']
  const traceparent = traceparentOf(meta?.['traceparent']) ?? caller.traceparent
  const sessionKey = caller.software.sessionKey ?? sessionKeyOf(meta?.['sluice/session'])
  return {
    ...caller.software,
    protocol: 'mcp',
    ...(named === undefined ? {} : { name: bounded(named.name), version: bounded(named.version) }),
    ...(typeof toolUseId === 'string' && printable.test(toolUseId) ? { toolUseId: bounded(toolUseId) } : {}),
    ...(traceparent === undefined ? {} : { traceparent }),
    ...(sessionKey === undefined ? {} : { sessionKey }),
  }
}

function sessionKeyOf(given: unknown): string | undefined {
  if (given === undefined) return undefined
  if (typeof given === 'string' && given.length <= maxLength && printable.test(given)) return given
  throw new Failure('request_invalid', { detail: `A session key has 1 to ${maxLength} visible ASCII characters.` })
}

function traceparentOf(given: unknown): string | undefined {
  return typeof given === 'string' && traceparentForm.test(given) ? given : undefined
}

/** Long or unprintable names are cut and cleaned, not refused: they only describe. */
function bounded(text: string): string {
  return text.replace(/\p{C}/gu, '').slice(0, maxLength)
}

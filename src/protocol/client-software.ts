import type { IncomingHttpHeaders } from 'node:http'
import { Failure } from '../model/failure.ts'
import type { ClientSoftware } from '../model/origin.ts'

const maxLength = 256
const printable = /^[\x21-\x7e]+$/
const traceparentForm = /^[0-9a-f]{2}-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}$/

export type HeadOfRequest = {
  readonly software: Omit<ClientSoftware, 'protocol' | 'toolUseId' | 'traceparent'>
  readonly traceparent: string | undefined
}

/** What the head of a request tells of its sender's software. All of it is self-reported. */
export function softwareFrom(headers: IncomingHttpHeaders, ip: string): HeadOfRequest {
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

export function sessionKeyOf(given: unknown): string | undefined {
  if (given === undefined) return undefined
  if (typeof given === 'string' && given.length <= maxLength && printable.test(given)) return given
  throw new Failure('request_invalid', { detail: `A session key has 1 to ${maxLength} visible ASCII characters.` })
}

export function traceparentOf(given: unknown): string | undefined {
  return typeof given === 'string' && traceparentForm.test(given) ? given : undefined
}

/** An id that a client gives to what it does; one that is not plain text is none. */
export function plainId(given: unknown): string | undefined {
  return typeof given === 'string' && printable.test(given) ? bounded(given) : undefined
}

/** Long or unprintable names are cut and cleaned, not refused: they only describe. */
export function bounded(text: string): string {
  return text.replace(/\p{C}/gu, '').slice(0, maxLength)
}

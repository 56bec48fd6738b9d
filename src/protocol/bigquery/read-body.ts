import type { IncomingHttpHeaders } from 'node:http'
import { createGunzip } from 'node:zlib'
import { parseStrictJson } from '../../base/strict-json.ts'
import { Failure } from '../../model/failure.ts'

const maxJsonDepth = 64
/** `\ud800` without its other half: JSON can say it, text cannot; writing JSON escapes nothing else of that form. */
const halfCharacter = /(?<!\\)(?:\\\\)*\\ud[89a-f]/
const utf8 = new TextDecoder('utf-8', { fatal: true })

/** The bytes of a body, unzipped, as far as `maxBytes` reach. */
export async function readBytes(
  body: NodeJS.ReadableStream,
  headers: IncomingHttpHeaders,
  maxBytes: number,
): Promise<Buffer> {
  const encoding = headers['content-encoding'] ?? 'identity'
  if (encoding !== 'identity' && encoding !== 'gzip') {
    throw new Failure('request_invalid', { detail: `Content-Encoding ${encoding} is not read; gzip is.` })
  }
  const plain = encoding === 'gzip' ? body.pipe(createGunzip()) : body
  const parts: Buffer[] = []
  let size = 0
  try {
    for await (const part of plain as AsyncIterable<Buffer>) {
      size += part.length
      if (size > maxBytes) throw new Failure('request_too_large', { detail: `A body may have ${maxBytes} bytes.` })
      parts.push(part)
    }
  } catch (thrown) {
    if (thrown instanceof Failure) throw thrown
    throw new Failure('request_invalid', { detail: 'The body cannot be read.' }, { cause: thrown })
  }
  return Buffer.concat(parts)
}

/** A body as JSON that has one reading only; undefined where there is none. */
export function jsonOf(bytes: Buffer | undefined, contentType: string | undefined): unknown {
  if (bytes === undefined || bytes.length === 0) return undefined
  if (!/^application\/json\s*(;\s*charset=("?)utf-8\2\s*)?$/i.test(contentType ?? '')) {
    throw new Failure('request_invalid', { detail: 'A body is application/json in UTF-8.' })
  }
  try {
    const text = utf8.decode(bytes)
    const value = parseStrictJson(text, maxJsonDepth)
    // In UTF-8 itself there are no halves.
    if (text.includes('\\u') && halfCharacter.test(JSON.stringify(value))) throw new SyntaxError('half a character')
    return value
  } catch (cause) {
    throw new Failure('request_invalid', { detail: 'The body is not JSON with one meaning.' }, { cause })
  }
}

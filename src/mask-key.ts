import { createHash } from 'node:crypto'
import type { MaskKey } from './model/governed.ts'

/** The block of SHA-256, in bytes (RFC 2104). */
const blockBytes = 64
const innerByte = 0x36
const outerByte = 0x5c

/** The two padded blocks by which HMAC-SHA256 is written out in SQL. */
export function maskKeyOf(secret: string): MaskKey {
  const given = Buffer.from(secret, 'utf8')
  const key = given.length > blockBytes ? createHash('sha256').update(given).digest() : given
  const padded = (byte: number) => {
    const block = Buffer.alloc(blockBytes, byte)
    for (const [index, value] of key.entries()) block[index] = value ^ byte
    return block.toString('base64')
  }
  return { innerPad: padded(innerByte), outerPad: padded(outerByte) }
}

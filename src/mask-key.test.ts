import { createHash, createHmac } from 'node:crypto'
import { expect, test } from 'vitest'
import { maskKeyOf } from './mask-key.ts'

const digest = (...parts: readonly Buffer[]) => createHash('sha256').update(Buffer.concat(parts)).digest()

test.each(['k'.repeat(32), 'k'.repeat(64), 'a longer secret than one block of the hash '.repeat(3)])(
  'its two blocks make the HMAC-SHA256 of the secret %s',
  secret => {
    const { innerPad, outerPad } = maskKeyOf(secret)
    const message = Buffer.from('alice@acme.example')
    const inner = digest(Buffer.from(innerPad, 'base64'), message)
    const hashed = digest(Buffer.from(outerPad, 'base64'), inner)
    expect(hashed.toString('hex')).toBe(createHmac('sha256', secret).update(message).digest('hex'))
  },
)

import { createCipheriv, createDecipheriv, createHmac } from 'node:crypto'
import { deflateRawSync, inflateRawSync } from 'node:zlib'
import type { JobNotes } from './gateway/ports.ts'

const algorithm = 'aes-256-gcm'
/** Changes with the form of what is sealed: a replica of another version reads none of it. */
const version = Buffer.from('sluice job note 1')
const ivBytes = 12
const tagBytes = 16
const maxNoteBytes = 16 * 1024 ** 2

/**
 * Texts that stay with a job in BigQuery, which every replica with the same key can read, and nobody else. The same text is
 * always sealed alike: whatever differs between two runs of one query would keep BigQuery from using its cached result.
 */
export function openJobNotes(key: string): JobNotes {
  const keyFor = (purpose: string) => createHmac('sha256', key).update(`job notes: ${purpose}`).digest()
  const cipherKey = keyFor('cipher')
  const ivKey = keyFor('iv')
  return {
    seal(text) {
      const iv = createHmac('sha256', ivKey).update(text).digest().subarray(0, ivBytes)
      const cipher = createCipheriv(algorithm, cipherKey, iv, { authTagLength: tagBytes }).setAAD(version)
      const body = [cipher.update(deflateRawSync(text)), cipher.final()]
      return Buffer.concat([iv, cipher.getAuthTag(), ...body]).toString('base64')
    },
    open(sealed) {
      const bytes = Buffer.from(sealed, 'base64')
      try {
        const decipher = createDecipheriv(algorithm, cipherKey, bytes.subarray(0, ivBytes), { authTagLength: tagBytes })
        decipher.setAAD(version).setAuthTag(bytes.subarray(ivBytes, ivBytes + tagBytes))
        const body = Buffer.concat([decipher.update(bytes.subarray(ivBytes + tagBytes)), decipher.final()])
        return inflateRawSync(body, { maxOutputLength: maxNoteBytes }).toString('utf8')
      } catch {
        return undefined
      }
    },
  }
}

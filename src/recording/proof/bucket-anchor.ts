import type { Sink } from '../sink/sink.ts'
import { checkpoint } from './checkpoint.ts'

/** An object store with retention. `put` must not replace what is there. */
export type Bucket = { readonly put: (name: string, body: Buffer) => Promise<'stored' | 'exists'> }

const seqDigits = 14

/** One object for each checkpoint, named by its writer and the last event that it covers. */
export function bucketAnchor(bucket: Bucket): Sink {
  return {
    tables: ['checkpoints'],
    insert: async ({ lines }) => {
      for (const { json } of lines) {
        const { writer, last_seq } = checkpoint.parse(JSON.parse(json.toString()))
        await bucket.put(`${writer}/${String(last_seq).padStart(seqDigits, '0')}.json`, json)
      }
    },
    // An object that is there already is left as it is.
    present: async () => new Set(),
  }
}

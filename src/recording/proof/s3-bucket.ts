import type { Bucket } from './bucket-anchor.ts'
import { signedHeaders } from './s3-signature.ts'

export type S3Options = {
  /** The bucket, and a prefix where wanted: `https://storage.googleapis.com/my-bucket/sluice`. */
  readonly url: string
  readonly region: string
  readonly accessKeyId: string
  readonly secretAccessKey: string
}

const timeoutMs = 15_000

/** A bucket behind S3's API: AWS, MinIO, and Google Cloud Storage with an HMAC key. */
export function s3Bucket(options: S3Options): Bucket {
  return {
    put: async (name, body) => {
      const url = new URL(`${options.url.replace(/\/$/, '')}/${name}`)
      // Google's own header for the same wish; each store ignores the other's.
      const once = { 'if-none-match': '*', 'x-goog-if-generation-match': '0' }
      const request = { method: 'PUT', url, headers: url.hostname.endsWith('googleapis.com') ? once : onlyS3(once) }
      const headers = signedHeaders(request, body, options, new Date())
      const signal = AbortSignal.timeout(timeoutMs)
      const answer = await fetch(url, { method: 'PUT', headers, body, redirect: 'error', signal })
      await answer.arrayBuffer()
      if (answer.status === 412) return 'exists'
      if (!answer.ok) throw new Error(`${url} answered ${answer.status}`)
      return 'stored'
    },
  }
}

function onlyS3(headers: { readonly 'if-none-match': string }): Readonly<Record<string, string>> {
  return { 'if-none-match': headers['if-none-match'] }
}

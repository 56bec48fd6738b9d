import { createHash, createHmac } from 'node:crypto'

export type S3Request = {
  readonly method: string
  readonly url: URL
  readonly headers: Readonly<Record<string, string>>
}

export type S3Key = { readonly region: string; readonly accessKeyId: string; readonly secretAccessKey: string }

/** The headers of a request with AWS's signature, version 4, over all of them and the body. */
export function signedHeaders({ method, url, headers }: S3Request, body: Buffer, key: S3Key, now: Date) {
  const time = now.toISOString().replaceAll(/[-:]|\.\d+/g, '')
  const contentHash = createHash('sha256').update(body).digest('hex')
  const all = new Map(
    Object.entries({ ...headers, host: url.host, 'x-amz-content-sha256': contentHash, 'x-amz-date': time }).sort(
      ([a], [b]) => (a < b ? -1 : 1),
    ),
  )
  const names = [...all.keys()].join(';')
  const lines = [...all].map(([name, value]) => `${name}:${value.trim()}\n`).join('')
  const canonical = [method, url.pathname, url.searchParams.toString(), lines, names, contentHash].join('\n')
  const scope = `${time.slice(0, 8)}/${key.region}/s3/aws4_request`
  const hash = createHash('sha256').update(canonical).digest('hex')
  const signature = hmac(signingKey(key, time.slice(0, 8)), `AWS4-HMAC-SHA256\n${time}\n${scope}\n${hash}`).toString(
    'hex',
  )
  const credential = `Credential=${key.accessKeyId}/${scope}`
  const authorization = `AWS4-HMAC-SHA256 ${credential},SignedHeaders=${names},Signature=${signature}`
  all.delete('host')
  return { ...Object.fromEntries(all), authorization }
}

function signingKey({ region, secretAccessKey }: S3Key, day: string): Buffer {
  return [region, 's3', 'aws4_request'].reduce(hmac, hmac(`AWS4${secretAccessKey}`, day))
}

function hmac(key: string | Buffer, text: string): Buffer {
  return createHmac('sha256', key).update(text).digest()
}

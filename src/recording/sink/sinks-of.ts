import { createHash } from 'node:crypto'
import type { RecordingOptions } from '../options.ts'
import { bucketAnchor } from '../proof/bucket-anchor.ts'
import { fileAnchor } from '../proof/file-anchor.ts'
import { httpAnchor } from '../proof/http-anchor.ts'
import { s3Bucket } from '../proof/s3-bucket.ts'
import type { Store } from '../store.ts'
import { decisionLogSink } from './decision-log-sink.ts'
import { fileSink } from './file-sink.ts'
import type { NamedSink, Sink } from './sink.ts'
import { webhookSink } from './webhook-sink.ts'

/** Every place that gets records, each with a cursor of its own: one that is slow or gone holds up no other. */
export function sinksOf(
  { sinks, anchors }: RecordingOptions,
  store: Store | undefined,
  now: () => Date,
): readonly NamedSink[] {
  return [
    ...(store === undefined ? [] : [{ name: 'store', sink: store.sink }]),
    ...sinks.files.map(({ path }) => named('file', path, fileSink(path))),
    ...sinks.decisionLogs.map(service => named('decisions', service.url, decisionLogSink(service))),
    ...sinks.webhooks.map(webhook => named('webhook', webhook.url, webhookSink(webhook, now))),
    ...anchors.files.map(({ path }) => named('anchor-file', path, fileAnchor(path))),
    ...anchors.urls.map(service => named('anchor-url', service.url, httpAnchor(service))),
    ...anchors.buckets.map(bucket => named('anchor-bucket', bucket.url, bucketAnchor(s3Bucket(bucket)))),
  ]
}

// The same place has the same name after a restart, whatever else was configured meanwhile.
function named(kind: string, place: string, sink: Sink): NamedSink {
  return { name: `${kind}-${createHash('sha256').update(place).digest('hex').slice(0, 8)}`, sink }
}

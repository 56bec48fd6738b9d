import { gzipSync } from 'node:zlib'
import { decisionLogEvent } from './decision-log-event.ts'
import { post, type Service } from './post.ts'
import type { Sink } from './sink.ts'

/**
 * A service that takes OPA's decision logs: gzipped arrays of EventV1, posted. It cannot be read back, so what is sent
 * again after a failure may arrive twice; as with OPA itself, the decision's id tells.
 */
export function decisionLogSink(service: Service): Sink {
  const headers = { 'content-type': 'application/json', 'content-encoding': 'gzip' }
  return {
    tables: ['events'],
    insert: async ({ lines }) => {
      const events = lines.flatMap(({ json }) => decisionLogEvent(json.toString()) ?? [])
      if (events.length > 0) await post(service, gzipSync(JSON.stringify(events)), headers)
    },
    present: async () => new Set(),
  }
}

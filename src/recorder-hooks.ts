import type { RecorderHooks } from './recording/hooks.ts'
import type { Log } from './telemetry/log.ts'
import type { Metrics } from './telemetry/metrics.ts'

/** What the recorder tells of itself, for the operator's log and metrics. */
export function recorderHooks(log: Log, { countSink }: Pick<Metrics, 'countSink'>): RecorderHooks {
  return {
    refused: err => log.error({ err }, 'an event could not be put on record'),
    torn: bytes => log.warn({ bytes }, 'the spool ended in the middle of a line, which was cut'),
    corrupt: lines => log.error({ lines }, 'lines of the spool are damaged and were put aside'),
    sinkFailed: (err, sink) => {
      countSink(kindOf(sink), 'failed')
      log.warn({ err, sink }, 'a sink did not take a batch; it is sent again')
    },
    deadLettered: (table, err, sink) => {
      countSink(kindOf(sink), 'put_aside')
      log.error({ err, table, sink }, 'a sink refused an event for good; it was put aside')
    },
    storeFailed: err => log.error({ err }, 'the store of records does not run; events wait in the spool'),
    storeStarted: starts => log.info({ starts }, 'the embedded store runs'),
    interrupted: requests => log.warn({ requests }, 'requests that a crash left open are closed'),
  }
}

/** A sink's name ends with a mark of its address, where there may be several of a kind. */
function kindOf(sink: string): string {
  return sink.replace(/-[0-9a-f]{8}$/, '')
}

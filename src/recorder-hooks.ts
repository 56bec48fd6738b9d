import type { RecorderHooks } from './recording/hooks.ts'
import type { Log } from './telemetry/log.ts'

/** What the recorder tells of itself, for the operator's log. */
export function recorderHooks(log: Log): RecorderHooks {
  return {
    refused: err => log.error({ err }, 'an event could not be put on record'),
    torn: bytes => log.warn({ bytes }, 'the spool ended in the middle of a line, which was cut'),
    corrupt: lines => log.error({ lines }, 'lines of the spool are damaged and were put aside'),
    sinkFailed: err => log.warn({ err }, 'ClickHouse did not take a batch; it is sent again'),
    deadLettered: (table, err) => log.error({ err, table }, 'ClickHouse refused an event for good; it was put aside'),
    storeFailed: err => log.error({ err }, 'the store of records does not run; events wait in the spool'),
    storeStarted: starts => log.info({ starts }, 'the embedded store runs'),
    interrupted: requests => log.warn({ requests }, 'requests that a crash left open are closed'),
  }
}

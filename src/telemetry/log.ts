import { type DestinationStream, type Logger, pino } from 'pino'
import type { TelemetryOptions } from './options.ts'
import { scrub, scrubText } from './scrub.ts'

export type Log = Logger

/** The log of the process: JSON lines without secrets. */
export function openLog(options: TelemetryOptions, destination: DestinationStream = pino.destination(1)): Log {
  return pino(
    {
      level: options.logLevel,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: {
        level: label => ({ level: label }),
        log: fields => scrub(fields, options.unsafeLogSqlText) as Record<string, unknown>,
      },
      serializers: { err: scrubbed => scrubbed },
      hooks: {
        logMethod(args, method) {
          const scrubbed = args.map(arg => (typeof arg === 'string' ? scrubText(arg) : arg))
          method.apply(this, scrubbed as Parameters<typeof method>)
        },
      },
    },
    destination,
  )
}

import { z } from 'zod'
import type { TimestampFormat } from './wire-rows.ts'

export const formatOptions = z.strictObject({
  useInt64Timestamp: z.boolean().exactOptional(),
  timestampOutputFormat: z
    .enum(['TIMESTAMP_OUTPUT_FORMAT_UNSPECIFIED', 'FLOAT64', 'INT64', 'ISO8601_STRING'])
    .exactOptional(),
})
type FormatOptions = z.infer<typeof formatOptions>

export function timestampFormat({ useInt64Timestamp, timestampOutputFormat }: FormatOptions = {}): TimestampFormat {
  if (timestampOutputFormat !== undefined && timestampOutputFormat !== 'TIMESTAMP_OUTPUT_FORMAT_UNSPECIFIED') {
    return timestampOutputFormat
  }
  return useInt64Timestamp === true ? 'INT64' : 'FLOAT64'
}

type FormatParameters = {
  readonly 'formatOptions.useInt64Timestamp'?: boolean
  readonly 'formatOptions.timestampOutputFormat'?: NonNullable<FormatOptions['timestampOutputFormat']>
}

/** The same from a query string. */
export function formatOf(query: FormatParameters): TimestampFormat {
  const useInt64Timestamp = query['formatOptions.useInt64Timestamp']
  const timestampOutputFormat = query['formatOptions.timestampOutputFormat']
  return timestampFormat({
    ...(useInt64Timestamp === undefined ? {} : { useInt64Timestamp }),
    ...(timestampOutputFormat === undefined ? {} : { timestampOutputFormat }),
  })
}

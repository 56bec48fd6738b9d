import { z } from 'zod'

export const telemetryOptions = z.strictObject({
  logLevel: z.enum(['debug', 'info', 'warn', 'error', 'silent']).default('info').describe('The least that is logged.'),
  unsafeLogSqlText: z
    .boolean()
    .default(false)
    .describe('Whether SQL text, which may hold personal values, is written to the log.'),
})
export type TelemetryOptions = Readonly<z.infer<typeof telemetryOptions>>

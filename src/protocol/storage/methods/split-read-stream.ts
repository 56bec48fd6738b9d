import { z } from 'zod'
import { defineMethod } from '../method.ts'

/** A stream has one reader. No streams in the answer mean, as Google has it, that this one is not split. */
export const splitReadStream = defineMethod({
  name: 'SplitReadStream',
  takes: 'SplitReadStreamRequest',
  gives: 'SplitReadStreamResponse',
  message: z.strictObject({ name: z.string().min(1), fraction: z.number().exactOptional() }),
  run: async ({ message, principal, desk }) => {
    desk.streamNames.open(message.name, principal)
    return { state: 'answered', message: {} }
  },
})

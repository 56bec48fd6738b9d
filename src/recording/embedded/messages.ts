import { z } from 'zod'

/** What the child is told at its start. Passwords go over the channel between the two, not through the environment. */
export const childStart = z.strictObject({
  path: z.string(),
  port: z.int(),
  passwords: z.strictObject({ writer: z.string(), reader: z.string() }),
  maxMemoryBytes: z.int(),
  maxQuerySeconds: z.int(),
})
export type ChildStart = Readonly<z.infer<typeof childStart>>

/** What the child says once: where it listens, or why it cannot. */
export const childReply = z.discriminatedUnion('state', [
  z.strictObject({ state: z.literal('listening'), port: z.int() }),
  z.strictObject({ state: z.literal('missing'), message: z.string() }),
  z.strictObject({ state: z.literal('failed'), message: z.string() }),
])
export type ChildReply = Readonly<z.infer<typeof childReply>>

export const writerName = 'sluice'
export const readerName = 'reader'

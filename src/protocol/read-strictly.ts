import type { z } from 'zod'
import { Failure } from '../model/failure.ts'

/** What a client sent, in the form that it must have. Throws `request_invalid` with the first thing that is wrong, and where. */
export function readStrictly<T>(schema: z.ZodType<T>, value: unknown, where: string): T {
  const result = schema.safeParse(value)
  if (result.success) return result.data
  const [issue] = result.error.issues
  const place = [where, ...(issue?.path ?? [])].join('.')
  throw new Failure('request_invalid', { detail: `${place}: ${issue?.message ?? 'is not as it must be'}.` })
}

import { z } from 'zod'
import { Failure } from '../../model/failure.ts'

/** Parameters that every method takes. Others that Google has (`key`, `alt=media`, `callback`, `quotaUser` …) are refused. */
const standard = {
  alt: z.literal('json').exactOptional(),
  prettyPrint: z.enum(['true', 'false', 'True', 'False']).exactOptional(),
  fields: z.string().max(4_096).exactOptional(),
}

export const count = z
  .string()
  .regex(/^\d{1,15}$/)
  .transform(Number)
export const flag = z.enum(['true', 'false', 'True', 'False']).transform(text => text.toLowerCase() === 'true')
export const pageTokenText = z.string().min(1).max(8_192)

/** How much of a job is shown; here it is always all that there is. */
export const projection = z.enum(['full', 'minimal', 'FULL', 'MINIMAL']).exactOptional()

/** How timestamps are written, as both query strings and bodies ask for it. */
export const formatParameters = {
  'formatOptions.useInt64Timestamp': flag.exactOptional(),
  'formatOptions.timestampOutputFormat': z
    .enum(['TIMESTAMP_OUTPUT_FORMAT_UNSPECIFIED', 'FLOAT64', 'INT64', 'ISO8601_STRING'])
    .exactOptional(),
}

/** A method's own parameters beside the standard ones. */
export function queryString<Shape extends z.core.$ZodLooseShape>(shape: Shape) {
  return z.strictObject({ ...standard, ...shape })
}

/** The parameters of a request as they came. One that comes twice is refused: readers take the first, or the last. */
export function parametersOf(target: string): Readonly<Record<string, string>> {
  const search = new URLSearchParams(target.split('?')[1] ?? '')
  const names = [...search.keys()]
  const twice = names.find((name, index) => names.indexOf(name) !== index)
  if (twice !== undefined) throw new Failure('request_invalid', { detail: `The parameter ${twice} comes twice.` })
  // Some clients ask for the first page by a token that is empty, and for all fields by naming none.
  for (const name of ['pageToken', 'fields']) if (search.get(name) === '') search.delete(name)
  return Object.fromEntries(search)
}

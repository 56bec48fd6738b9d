import { z } from 'zod'
import { Failure } from '../model/failure.ts'

type Field = Readonly<Record<string, unknown>>

const named = z.object({ name: z.string(), fields: z.array(z.record(z.string(), z.unknown())).nullish() })

/**
 * The fields of a schema after a change: each is as it was but for what the change says, so that policy tags and whatever
 * else Sluice does not show stay. Fields that are left out would be dropped, which is not what an update is for.
 */
export function alteredFields(before: readonly Field[], after: readonly Field[], path = ''): readonly Field[] {
  const known = new Map(before.map(field => [keyOf(field), field]))
  const given = new Set(after.map(keyOf))
  const dropped = before.find(field => !given.has(keyOf(field)))
  if (dropped !== undefined) {
    throw new Failure('request_invalid', {
      detail: `schema: the column ${path}${named.parse(dropped).name} is left out.`,
      next: 'Send every column, or drop it with ALTER TABLE … DROP COLUMN.',
    })
  }
  return after.map(field => {
    const { name, fields } = named.parse(field)
    const old = known.get(keyOf(field)) ?? {}
    const inner = fields && { fields: alteredFields(fieldsOf(old), fields, `${path}${name}.`) }
    return { ...old, ...field, ...inner }
  })
}

function fieldsOf(field: Field): readonly Field[] {
  return named.partial().parse(field).fields ?? []
}

function keyOf(field: Field): string {
  return named.parse(field).name.toLowerCase()
}

import { z } from 'zod'

export const projectName = z.string().regex(/^[a-z][a-z0-9.:-]{0,100}$/, { error: 'is not a project id' })
export const datasetName = z.string().regex(/^[\p{L}\p{M}\p{N}_-]{1,1024}$/u, { error: 'is not a dataset id' })
/** Decorators (`users$20240101`, `users@-3600`) address parts and history of a table; governed queries have no such form. */
export const tableName = z.string().regex(/^[\p{L}\p{M}\p{N}\p{Pc}\p{Pd} ]{1,1024}$/u, {
  error: 'is not a table id; parts of a table ($, @) are read with a query',
})
export const columnName = z.string().regex(/^[^`\\\p{C}]{1,300}$/u, { error: 'is not a name of a column' })
export const jobName = z.string().regex(/^[A-Za-z0-9_-]{1,1024}$/, { error: 'has letters, digits, _ and - only' })
export const locationName = z.string().regex(/^[A-Za-z0-9-]{1,64}$/, { error: 'is not a location' })
const labelText = z.string().regex(/^[\p{Ll}\p{Lo}\p{N}_-]{0,63}$/u, { error: 'is not a label' })

/** Labels of one's own; those of Google and of Sluice say who ran a job and why. */
export const labels = ownLabels(labelText)
/** The same as a change: a label that is null goes away. */
export const changedLabels = ownLabels(labelText.nullable())

function ownLabels<Value extends z.ZodType>(value: Value) {
  return z
    .record(labelText, value)
    .refine(given => Object.keys(given).length <= 64, { error: 'are at most 64' })
    .refine(given => !Object.keys(given).some(key => /^(sluice_|goog)/.test(key)), {
      error: 'that begin with sluice_ or goog are not yours to set',
    })
}

/** An integer as the REST API writes it: a number, or its digits. */
export const integer = z.union([
  z.int().min(0),
  z
    .string()
    .regex(/^\d{1,19}$/)
    .transform(Number),
])

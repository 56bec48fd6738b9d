import { z } from 'zod'

/** The part of JSON Schema that our options come out as. */
type Shape = {
  readonly type?: string | readonly string[]
  readonly properties?: Readonly<Record<string, Shape>>
  readonly required?: readonly string[]
  readonly anyOf?: readonly Shape[]
  readonly oneOf?: readonly Shape[]
  readonly items?: Shape
  readonly enum?: readonly unknown[]
  readonly const?: unknown
  readonly default?: unknown
  readonly description?: string
  readonly minimum?: number
  readonly maximum?: number
  readonly format?: string
}

/** One thing that can be set. */
export type Setting = {
  readonly path: readonly string[]
  /** Its environment variable; members of lists have none. */
  readonly variable: string | undefined
  readonly allowed: string
  readonly isText: boolean
  readonly isRequired: boolean
  readonly default: unknown
  readonly meaning: string
  /** Where the setting exists only beside another: `kind: embedded`. */
  readonly onlyWith: string | undefined
}

/** Stands in a path for any item of a list. */
export const listItem = '[]'

/** Everything that can be set, in the order of the schema. */
export function settingsOf(schema: z.ZodType): readonly Setting[] {
  const shape = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }) as Shape
  return walk(shape, [], { isRequired: true, onlyWith: undefined, fallback: undefined })
}

export function variableOf(path: readonly string[]): string {
  const words = path.map(part => part.replace(/([a-z0-9])([A-Z])/g, '$1_$2').toUpperCase())
  return `SLUICE_${words.join('_')}`
}

/** What the place of a shape in the whole adds to it. */
type Place = { readonly isRequired: boolean; readonly onlyWith: string | undefined; readonly fallback: unknown }

function walk(shape: Shape, path: readonly string[], place: Place): Setting[] {
  const variants = shape.oneOf ?? shape.anyOf
  const fallback = shape.default ?? place.fallback
  if (variants?.every(variant => variant.properties !== undefined)) {
    const all = variants.map(variant =>
      walkObject(variant, path, { ...place, fallback, onlyWith: variantName(variant) }),
    )
    return mergeVariants(all)
  }
  if (shape.properties !== undefined) return walkObject(shape, path, { ...place, fallback })
  const own = leaf(shape, path, { ...place, fallback })
  const isListOfObjects = shape.items?.properties !== undefined
  return isListOfObjects
    ? [own, ...walkObject(shape.items, [...path, listItem], { ...place, fallback: undefined })]
    : [own]
}

function walkObject(shape: Shape, path: readonly string[], place: Place): Setting[] {
  const defaults = new Map(Object.entries(place.fallback ?? {}))
  return Object.entries(shape.properties ?? {}).flatMap(([name, member]) => {
    const isRequired = place.isRequired && !defaults.has(name) && (shape.required?.includes(name) ?? false)
    const onlyWith = member.const === undefined ? place.onlyWith : undefined
    return walk(member, [...path, name], { isRequired, onlyWith, fallback: defaults.get(name) })
  })
}

/** The first constant of a variant is what tells it from the others. */
function variantName({ properties = {} }: Shape): string | undefined {
  const [found] = Object.entries(properties).filter(([, member]) => member.const !== undefined)
  return found === undefined ? undefined : `${found[0]}: ${String(found[1].const)}`
}

function leaf(shape: Shape, path: readonly string[], { isRequired, onlyWith, fallback }: Place): Setting {
  return {
    path,
    variable: path.includes(listItem) ? undefined : variableOf(path),
    allowed: allowedBy(shape),
    isText: shape.type === 'string',
    isRequired,
    default: fallback,
    meaning: shape.description ?? '',
    onlyWith,
  }
}

/** A setting of several variants, such as `kind`, is one row; one of them all depends on none. */
function mergeVariants(variants: readonly (readonly Setting[])[]): Setting[] {
  const merged = new Map<string, Setting[]>()
  for (const setting of variants.flat()) {
    const key = setting.path.join('.')
    merged.set(key, [...(merged.get(key) ?? []), setting])
  }
  return [...merged.values()].map(same => mergeRows(same, variants.length))
}

function mergeRows(same: readonly Setting[], variants: number): Setting {
  const [first] = same
  if (first === undefined) throw new Error('nothing to merge')
  const distinct = (texts: readonly string[]) => [...new Set(texts)]
  const conditions = same.length === variants ? [] : distinct(same.flatMap(({ onlyWith }) => onlyWith ?? []))
  return {
    ...first,
    allowed: distinct(same.map(({ allowed }) => allowed)).join(' or '),
    meaning: distinct(same.map(({ meaning }) => meaning)).join(' '),
    onlyWith: conditions.length === 0 ? undefined : conditions.join('` or `'),
  }
}

function allowedBy(shape: Shape): string {
  if (shape.const !== undefined) return JSON.stringify(shape.const)
  if (shape.enum !== undefined) return shape.enum.map(value => JSON.stringify(value)).join(' or ')
  if (shape.type === 'array') return `list of ${allowedBy(shape.items ?? {})}`
  if (shape.type === 'integer' || shape.type === 'number') return `${shape.type} ${rangeOf(shape)}`.trim()
  if (shape.type === 'string') return shape.format === 'uri' ? 'URL' : 'text'
  if (shape.type === 'object') return shape.properties === undefined ? 'map' : 'objects'
  return String(shape.type ?? 'anything')
}

function rangeOf({ minimum, maximum }: Shape): string {
  const isOpen = maximum === undefined || maximum === Number.MAX_SAFE_INTEGER
  if (minimum === undefined || minimum === Number.MIN_SAFE_INTEGER) return isOpen ? '' : `up to ${maximum}`
  return isOpen ? `from ${minimum}` : `${minimum} to ${maximum}`
}

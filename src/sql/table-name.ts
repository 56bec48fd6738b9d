import type { Path } from '../googlesql/ast/name.ts'
import { Failure } from '../model/failure.ts'
import type { TableRef } from '../model/table-ref.ts'

/** What completes a name that is not complete. */
export type NameDefaults = {
  readonly project: string
  readonly defaultDataset?: { readonly project: string; readonly dataset: string }
}

/** The parts of a table path after BigQuery has split quoted identifiers on their dots. */
export function pathParts(path: Path): readonly string[] {
  return path.parts.flatMap(part => (part.quoted ? splitQuoted(part.text) : [part.text]))
}

/** `domain.com:project` keeps its own dots. */
function splitQuoted(text: string): readonly string[] {
  const domain = /^([a-z0-9.-]+\.[a-z]+:[a-z0-9-]+)\.(.+)$/i.exec(text)
  return domain === null ? text.split('.') : [domain[1] ?? '', ...(domain[2] ?? '').split('.')]
}

/** Whether a path is one pair of backticks around several parts; such a path is never an alias path or a CTE. */
export function isWholePath(path: Path): boolean {
  return path.parts.length === 1 && pathParts(path).length > 1
}

/** The complete name of a table. Throws `unknown_name` where a default is missing and `cannot_govern` for forms that are not served. */
export function completeName(path: Path, defaults: NameDefaults): TableRef {
  const parts = pathParts(path)
  if (parts.some(part => part === '')) throw nameFailure(path, 'A part of the name is empty.')
  const schema = parts.findIndex(part => part.toUpperCase() === 'INFORMATION_SCHEMA')
  if (schema >= 0) return schemaName(parts, schema, path, defaults)
  return refOf(parts, path, defaults)
}

function refOf(parts: readonly string[], path: Path, { project, defaultDataset }: NameDefaults): TableRef {
  const [first = '', second = '', third = ''] = parts
  if (parts.length === 3) return { project: first, dataset: second, table: third }
  if (parts.length === 2) return { project, dataset: first, table: second }
  if (parts.length > 3) throw nameFailure(path, 'A table has at most three parts: project.dataset.table.')
  if (defaultDataset === undefined) {
    throw nameFailure(path, `${first} needs its dataset: write dataset.${first}, or send a default dataset.`)
  }
  return { ...defaultDataset, table: first }
}

/** `[project.]dataset.INFORMATION_SCHEMA.VIEW`: the view's name keeps its prefix, so that it is a table of the dataset, or of the region. */
function schemaName(parts: readonly string[], at: number, path: Path, defaults: NameDefaults): TableRef {
  const view = parts.slice(at + 1)
  const owner = parts.slice(0, at)
  const [first = '', second] = owner
  if (view.length !== 1 || owner.length === 0 || owner.length > 2) {
    throw nameFailure(path, 'Write dataset.INFORMATION_SCHEMA.VIEW: the views of a project are not served.')
  }
  const table = `INFORMATION_SCHEMA.${view[0]?.toUpperCase()}`
  return second === undefined
    ? { project: defaults.project, dataset: first, table }
    : { project: first, dataset: second, table }
}

function nameFailure(path: Path, detail: string): Failure {
  const shown = path.parts.map(part => part.text).join('.')
  return new Failure('unknown_name', { detail: `The table name ${shown} cannot be used. ${detail}` })
}

/** Views of a dataset that BigQuery keeps itself; `__TABLES__` is the older one of them, and named as a table is. */
export function isSchemaView({ table }: Pick<TableRef, 'table'>): boolean {
  return table.startsWith('INFORMATION_SCHEMA.') || table === '__TABLES__'
}

/** No dataset has a dash in its name. */
export function isRegion(dataset: string): boolean {
  return /^region-/i.test(dataset)
}

/** The name by which a table is known in the query when it has no alias. */
export function impliedAlias(path: Path): string {
  return pathParts(path).at(-1) ?? ''
}

/** Column, alias and CTE names are compared without regard to case. */
export function sameName(left: string, right: string): boolean {
  return left === right || left.toLowerCase() === right.toLowerCase()
}
